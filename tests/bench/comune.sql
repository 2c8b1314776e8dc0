-- What `comuni::find` asks. Variables: comune, one, comuni (an array of one).
BEGIN READ ONLY;
SET LOCAL app.comune = 'F471';
SELECT "comuni"."comune", "comuni"."name", "comuni"."province", "comuni"."region", "comuni"."residents", "comuni"."residents_on", "comuni"."version" FROM "comuni" WHERE ("comuni"."comune" = :comune) LIMIT :one;
SELECT "comune_identifiers"."comune", "comune_identifiers"."scheme", "comune_identifiers"."value", "comune_identifiers"."valid_from", "comune_identifiers"."valid_to" FROM "comune_identifiers" WHERE ("comune_identifiers"."comune" = ANY(:comuni)) ORDER BY "comune_identifiers"."comune", "comune_identifiers"."scheme", "comune_identifiers"."valid_from";
COMMIT;
