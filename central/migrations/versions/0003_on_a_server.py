"""PostgreSQL: audit rows that nobody alters, and the counter of a team with its audit links.

``take_numbers`` is what makes a commit one statement there: it moves the counter and links the
audit rows to the last one, which only then is known (sync.md §2). A file has one writer and needs
neither; its own triggers came with the first step.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REFUSE = """
CREATE FUNCTION audit_is_never_altered() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'audit rows are never altered';
END
$body$
"""

# The row is locked by the UPDATE first; the look for the last audit row comes after it and, in a
# function of its own snapshots (VOLATILE, READ COMMITTED), sees what the writer before us left.
_TAKE = """
CREATE FUNCTION take_numbers(
    of_team text, how_many bigint, fronts text[], backs text[],
    OUT head bigint, OUT audit_head bigint, OUT links text[]
) LANGUAGE plpgsql VOLATILE AS $body$
DECLARE
    first bigint;
    link text;
BEGIN
    UPDATE team_head SET seq = seq + how_many, audit_n = audit_n + cardinality(fronts)
        WHERE team_head.team = of_team
        RETURNING team_head.seq, team_head.audit_n INTO STRICT head, audit_head;
    first := audit_head - cardinality(fronts);
    links := '{}';
    SELECT audit.chain INTO link FROM audit WHERE audit.team = of_team AND audit.n = first;
    link := coalesce(link, repeat('0', 64));
    FOR i IN 1 .. cardinality(fronts) LOOP
        link := encode(sha256(
            '\\x00'::bytea || decode(link, 'hex')
            || convert_to(fronts[i] || (first + i)::text || backs[i], 'UTF8')
        ), 'hex');
        links[i] := link;
    END LOOP;
END
$body$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(_REFUSE)
    op.execute(
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_is_never_altered()"
    )
    op.execute(
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_never_altered()"
    )
    op.execute(_TAKE)


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP FUNCTION take_numbers(text, bigint, text[], text[])")
    op.execute("DROP TRIGGER audit_no_truncate ON audit")
    op.execute("DROP TRIGGER audit_no_change ON audit")
    op.execute("DROP FUNCTION audit_is_never_altered()")
