"""What Django's models cannot say: binary collation, search tables, periods that never overlap."""

from django.db import migrations

from jiceng.core.vendor import VendorSQL, no_overlap_by_statement

_BINARY = [
    ("registry_unitpath", "path", "varchar(120)"),
    ("registry_unitcode", "code", "varchar(32)"),
    ("registry_searchname", "pinyin", "varchar(300)"),
    ("registry_searchname", "initials", "varchar(80)"),
]


# Every character and every pair of neighbours: words of two characters have no trigram.
_GRAMS = """
    CREATE FUNCTION registry_grams(name text) RETURNS text[]
    IMMUTABLE STRICT PARALLEL SAFE LANGUAGE plpgsql AS $$
    DECLARE grams text[] := string_to_array(name, NULL);
    BEGIN
        FOR at IN 1 .. length(name) - 1 LOOP
            grams := grams || substr(name, at, 2);
        END LOOP;
        RETURN grams;
    END $$
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [
        VendorSQL(
            sqlite=[
                "CREATE VIRTUAL TABLE registry_search USING fts5"
                "(grams, pinyin, initials, tokenize='unicode61', prefix='2 3 4')",
                "CREATE INDEX registry_unitcode_range ON registry_unitcode (code)",
            ],
            postgresql=[
                "CREATE EXTENSION IF NOT EXISTS btree_gist",
                *(
                    f'ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind} COLLATE "C"'
                    for table, column, kind in _BINARY
                ),
                _GRAMS,
                "CREATE INDEX registry_searchname_grams ON registry_searchname"
                " USING gin (registry_grams(simplified))",
                "CREATE INDEX registry_searchname_pinyin ON registry_searchname (pinyin)",
                "CREATE INDEX registry_searchname_initials ON registry_searchname (initials)",
            ],
            undo_sqlite=["DROP TABLE registry_search", "DROP INDEX registry_unitcode_range"],
            undo_postgresql=[
                "DROP INDEX registry_searchname_grams",
                "DROP FUNCTION registry_grams",
                "DROP INDEX registry_searchname_pinyin",
                "DROP INDEX registry_searchname_initials",
            ],
        ),
        no_overlap_by_statement("registry_unitname", "unit_name_one_a_day", "unit_id"),
        no_overlap_by_statement("registry_unitcode", "unit_code_one_a_day", "unit_id"),
        no_overlap_by_statement("registry_unitcode", "unit_code_one_holder_a_day_on_any", "code"),
        no_overlap_by_statement("registry_placement", "placement_one_a_day", "unit_id"),
        no_overlap_by_statement("registry_unitpath", "unit_path_one_a_day", "unit_id"),
        no_overlap_by_statement("registry_seat", "seat_one_a_day", "organisation_id"),
    ]
