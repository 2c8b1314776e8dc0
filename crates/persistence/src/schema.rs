//! The tables as Diesel knows them. Printed from a migrated database by `make schema`; a test compares the two.

diesel::table! {
    adoptions (comune, plan, template, number) {
        comune -> Text,
        plan -> Uuid,
        template -> Text,
        number -> Integer,
        year -> SmallInt,
        objectives -> Integer,
        units -> Integer,
        deviations -> Json,
        sealed_at -> Timestamptz,
    }
}

diesel::table! {
    assignments (comune, plan, objective, unit) {
        comune -> Text,
        plan -> Uuid,
        objective -> Uuid,
        unit -> Uuid,
    }
}

diesel::table! {
    audit_entries (comune, seq) {
        comune -> Text,
        seq -> BigInt,
        at -> Timestamptz,
        member -> Nullable<Uuid>,
        actor -> Text,
        action -> Text,
        object -> Text,
        object_id -> Text,
        before -> Nullable<Binary>,
        after -> Nullable<Binary>,
        request_id -> Text,
        previous -> Binary,
        digest -> Binary,
    }
}

diesel::table! {
    authors (comune, code) {
        comune -> Text,
        code -> Text,
        kind -> Text,
        name -> Text,
        members -> Json,
        version -> Integer,
    }
}

diesel::table! {
    comune_identifiers (comune, scheme, valid_from) {
        comune -> Text,
        scheme -> Text,
        value -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    comuni (comune) {
        comune -> Text,
        name -> Text,
        province -> Text,
        region -> Text,
        residents -> Nullable<Integer>,
        residents_on -> Nullable<Date>,
        version -> Integer,
    }
}

diesel::table! {
    consents (comune, number) {
        comune -> Text,
        number -> Integer,
        recorded_at -> Timestamptz,
        member -> Nullable<Uuid>,
        indicator -> Nullable<Text>,
        audience -> Text,
        mode -> Text,
        embargo_until -> Nullable<Date>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    evaluation_steps (comune, plan, assignment, number) {
        comune -> Text,
        plan -> Uuid,
        assignment -> Uuid,
        number -> Integer,
        made_at -> Timestamptz,
        member -> Uuid,
        content -> Json,
    }
}

diesel::table! {
    evidence_files (comune, plan, id) {
        comune -> Text,
        plan -> Uuid,
        id -> Uuid,
        name -> Text,
        media_type -> Text,
        size -> Integer,
        digest -> Binary,
        received_at -> Timestamptz,
        member -> Nullable<Uuid>,
        content -> Binary,
    }
}

diesel::table! {
    facts (comune, indicator, year) {
        comune -> Text,
        indicator -> Text,
        year -> SmallInt,
        definition -> Integer,
        plan -> Uuid,
        publication -> Integer,
        value -> Text,
        numerator -> Nullable<Text>,
        denominator -> Nullable<Text>,
        score -> Nullable<Text>,
        grade -> Text,
        shortfalls -> Array<Text>,
        certified -> Bool,
        published_at -> Timestamptz,
        region -> Text,
        residents -> Nullable<Integer>,
        group_mode -> Text,
        group_from -> Nullable<Date>,
        region_mode -> Text,
        region_from -> Nullable<Date>,
        public_mode -> Text,
        public_from -> Nullable<Date>,
    }
}

diesel::table! {
    feeder_settings (comune) {
        comune -> Text,
        version -> Integer,
        content -> Json,
    }
}

diesel::table! {
    feeds (comune, plan, number) {
        comune -> Text,
        plan -> Uuid,
        number -> Integer,
        recorded_at -> Timestamptz,
        member -> Nullable<Uuid>,
        at -> Date,
        digest -> Binary,
        content -> Json,
    }
}

diesel::table! {
    idempotency_keys (comune, caller, operation, key) {
        comune -> Text,
        caller -> Uuid,
        operation -> Text,
        key -> Text,
        request_digest -> Binary,
        status -> Nullable<SmallInt>,
        headers -> Nullable<Jsonb>,
        body -> Nullable<Binary>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    import_profiles (comune, name) {
        comune -> Text,
        name -> Text,
        version -> Integer,
        content -> Json,
    }
}

diesel::table! {
    imports (comune, id) {
        comune -> Text,
        id -> Uuid,
        received_at -> Timestamptz,
        member -> Nullable<Uuid>,
        file_name -> Nullable<Text>,
        media_type -> Text,
        size -> Integer,
        digest -> Binary,
        year -> SmallInt,
        kind -> Text,
        title -> Nullable<Text>,
        profile -> Text,
        state -> Text,
        version -> Integer,
        refusal -> Nullable<Json>,
        summary -> Nullable<Json>,
        applied -> Nullable<Json>,
        draft_digest -> Nullable<Binary>,
        percent -> SmallInt,
        lease -> Nullable<Uuid>,
        lease_until -> Nullable<Timestamptz>,
        attempts -> SmallInt,
        source -> Binary,
        draft -> Nullable<Binary>,
        as_read -> Nullable<Binary>,
    }
}

diesel::table! {
    invoices (comune, id) {
        comune -> Text,
        id -> Uuid,
        supplier -> Text,
        number -> Text,
        issued -> Date,
        kind -> Text,
        received -> Date,
        due -> Date,
        total -> BigInt,
        split_vat -> BigInt,
        excluded -> Nullable<Text>,
        disputes -> Nullable<Json>,
        unit -> Nullable<Uuid>,
        liquidated -> Nullable<Date>,
        credits -> Nullable<Uuid>,
        credits_number -> Nullable<Text>,
        credits_issued -> Nullable<Date>,
        version -> Integer,
    }
}

diesel::table! {
    measurements (comune, plan, id) {
        comune -> Text,
        plan -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        subject -> Uuid,
        assignment -> Nullable<Uuid>,
        period_to -> Date,
        recorded_at -> Timestamptz,
        recorded_by -> Uuid,
        supersedes -> Nullable<Uuid>,
        content -> Json,
    }
}

diesel::table! {
    member_secrets (comune, id) {
        comune -> Text,
        id -> Uuid,
        member -> Uuid,
        verifier -> Text,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    members (comune, id) {
        comune -> Text,
        id -> Uuid,
        external_id -> Nullable<Text>,
        kind -> Text,
        label -> Text,
        issuer -> Nullable<Text>,
        subject -> Nullable<Text>,
        roles -> Array<Text>,
        unit -> Nullable<Uuid>,
        revoked_at -> Nullable<Timestamptz>,
        version -> Integer,
    }
}

diesel::table! {
    objectives (comune, plan, id) {
        comune -> Text,
        plan -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        position -> Integer,
        version -> Integer,
        content -> Json,
        title -> Text,
        kinds -> Array<Text>,
        programmes -> Array<Text>,
        responsibles -> Array<Text>,
        template -> Nullable<Text>,
        due_from -> Array<Date>,
        due_to -> Array<Date>,
        words -> Text,
    }
}

diesel::table! {
    payment_times (comune, plan, figure) {
        comune -> Text,
        plan -> Uuid,
        figure -> Text,
        version -> Integer,
        content -> Json,
    }
}

diesel::table! {
    payments (comune, invoice, reference) {
        comune -> Text,
        invoice -> Uuid,
        reference -> Text,
        day -> Date,
        amount -> BigInt,
    }
}

diesel::table! {
    peer_group_versions (comune, code, number) {
        comune -> Text,
        code -> Text,
        number -> Integer,
        valid_from -> Date,
        recorded_at -> Timestamptz,
        member -> Nullable<Uuid>,
        members -> Array<Text>,
    }
}

diesel::table! {
    peer_groups (comune, code) {
        comune -> Text,
        code -> Text,
        name -> Text,
        purpose -> Nullable<Text>,
        version -> Integer,
    }
}

diesel::table! {
    plan_reports (comune, plan, number) {
        comune -> Text,
        plan -> Uuid,
        number -> Integer,
        adopted_at -> Timestamptz,
        act -> Json,
        digest -> Binary,
        size -> Integer,
        document -> Binary,
    }
}

diesel::table! {
    plan_results (comune, plan, number) {
        comune -> Text,
        plan -> Uuid,
        number -> Integer,
        certified_at -> Timestamptz,
        at -> Date,
        plan_version -> Integer,
        rulebook_year -> SmallInt,
        rulebook_edition -> Integer,
        inputs_digest -> Binary,
        digest -> Binary,
        content -> Binary,
    }
}

diesel::table! {
    plan_transitions (comune, plan, number) {
        comune -> Text,
        plan -> Uuid,
        number -> Integer,
        transition -> Text,
        state -> Text,
        made_at -> Timestamptz,
        member -> Nullable<Uuid>,
        act -> Nullable<Json>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    plan_versions (comune, plan, number) {
        comune -> Text,
        plan -> Uuid,
        number -> Integer,
        sealed_at -> Timestamptz,
        digest -> Binary,
        act -> Json,
        reason -> Nullable<Text>,
        size -> Integer,
        document -> Binary,
        rulebook_year -> Nullable<SmallInt>,
        rulebook_edition -> Nullable<Integer>,
    }
}

diesel::table! {
    plans (comune, id) {
        comune -> Text,
        id -> Uuid,
        external_id -> Nullable<Text>,
        year -> SmallInt,
        kind -> Text,
        title -> Text,
        state -> Text,
        version -> Integer,
        scale -> Json,
        revision -> Integer,
        sealed -> Nullable<Integer>,
    }
}

diesel::table! {
    publications (comune, plan, number) {
        comune -> Text,
        plan -> Uuid,
        number -> Integer,
        year -> SmallInt,
        published_at -> Timestamptz,
        member -> Nullable<Uuid>,
        at -> Date,
        certified -> Bool,
        plan_version -> Integer,
        digest -> Binary,
        content -> Json,
    }
}

diesel::table! {
    register_entries (comune, register, key) {
        comune -> Text,
        register -> Text,
        key -> Text,
        day_from -> Date,
        day_to -> Nullable<Date>,
        unit -> Nullable<Uuid>,
        version -> Integer,
        content -> Json,
    }
}

diesel::table! {
    registers (comune, register) {
        comune -> Text,
        register -> Text,
        revision -> BigInt,
        digest -> Binary,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    registry_comuni (code, valid_from) {
        code -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        name -> Text,
        province -> Text,
        region -> Text,
        istat -> Nullable<Text>,
        successor -> Nullable<Text>,
        residents -> Nullable<Integer>,
        residents_on -> Nullable<Date>,
        area -> Nullable<Text>,
        altitude -> Nullable<Text>,
        invented -> Bool,
    }
}

diesel::table! {
    registry_editions (number) {
        number -> Integer,
        loaded_at -> Timestamptz,
        source -> Text,
        state_on -> Date,
        entries -> Integer,
    }
}

diesel::table! {
    rounds (comune, plan, id) {
        comune -> Text,
        plan -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        version -> Integer,
        content -> Json,
    }
}

diesel::table! {
    rulebook_opinions (comune, year, edition, number) {
        comune -> Text,
        year -> SmallInt,
        edition -> Integer,
        number -> Integer,
        given_at -> Timestamptz,
        member -> Nullable<Uuid>,
        content -> Json,
    }
}

diesel::table! {
    rulebooks (comune, year, edition) {
        comune -> Text,
        year -> SmallInt,
        edition -> Integer,
        shipped -> Nullable<Text>,
        recorded_at -> Timestamptz,
        member -> Nullable<Uuid>,
        digest -> Binary,
        content -> Json,
    }
}

diesel::table! {
    saved_queries (comune, id) {
        comune -> Text,
        id -> Uuid,
        name -> Text,
        version -> Integer,
        member -> Nullable<Uuid>,
        content -> Json,
    }
}

diesel::table! {
    sections (comune, plan, id) {
        comune -> Text,
        plan -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        position -> Integer,
        version -> Integer,
        content -> Json,
    }
}

diesel::table! {
    templates (comune, code, number) {
        comune -> Text,
        code -> Text,
        number -> Integer,
        author -> Text,
        published_at -> Timestamptz,
        member -> Nullable<Uuid>,
        digest -> Binary,
        content -> Json,
    }
}

diesel::table! {
    tenants (comune) {
        comune -> Text,
        audit_seq -> BigInt,
        audit_digest -> Binary,
    }
}

diesel::table! {
    units (comune, id) {
        comune -> Text,
        id -> Uuid,
        external_id -> Nullable<Text>,
        code -> Text,
        name -> Text,
        kind -> Text,
        parent -> Nullable<Uuid>,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        version -> Integer,
        responsible -> Nullable<Text>,
        interim -> Bool,
        staff -> Json,
        activities -> Nullable<Text>,
    }
}

diesel::table! {
    persons.kept_figures (comune, year, category) {
        comune -> Text,
        year -> SmallInt,
        category -> Text,
        figures -> Json,
    }
}

diesel::table! {
    persons.sheets (comune, id) {
        comune -> Text,
        id -> Uuid,
        salt -> Uuid,
        plan -> Uuid,
        year -> SmallInt,
        person -> Uuid,
        evaluator -> Uuid,
        unit -> Nullable<Uuid>,
        category -> Text,
        state -> Text,
        content -> Json,
        steps -> Json,
        total -> Nullable<Text>,
        band -> Nullable<Text>,
        top -> Nullable<Bool>,
        finished_at -> Nullable<Timestamptz>,
        version -> Integer,
    }
}
