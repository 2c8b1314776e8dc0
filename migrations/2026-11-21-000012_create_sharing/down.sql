drop function facts_withheld(text, smallint);
drop table saved_queries, registry_comuni, registry_editions, peer_group_versions, peer_groups, consents, facts, publications,
    adoptions, templates, authors;
