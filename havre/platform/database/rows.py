"""Which rows of a table a session may reach: each model names one of these, and the policies are made from it.

The shape of the policies is the measured one of SECURITY-DESIGN 3.4: one probe of `case_access` per row,
`offset 0` so that the planner never hashes a whole caseload, and each claim wrapped in `(select …)`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from havre.platform.permissions import Compartment

ACCESS = "people_caseaccess"
SESSIONS = "havre_app, havre_worker"
FLOOR = "(select havre.actor()) is not null"
VERBS = {"select": "using", "insert": "with check", "update": "using", "delete": "using"}


def policy(table: str, verb: str, condition: str) -> str:
    """One permissive policy for one verb; an update must hold before and after."""
    again = f" with check ({condition})" if verb == "update" else ""
    return f"create policy may_{verb} on {table} for {verb} to {SESSIONS} {VERBS[verb]} ({condition}){again};"


@dataclass(frozen=True)
class Rows:
    """The rights on one table: `writes` are the verbs the application has beside select."""

    writes: tuple[str, ...] = ()

    def condition(self, table: str, verb: str) -> str:
        """The SQL that must hold for a row to be reached by this verb."""
        raise TypeError(f"{type(self).__name__} guards no rows")

    def sql(self, table: str) -> list[str]:
        """The statements that guard this table."""
        verbs = ("select", *self.writes)
        return [
            f"alter table {table} enable row level security;",
            f"grant {', '.join(verbs)} on {table} to {SESSIONS};",
            f"grant select on {table} to havre_backup;",
            f"create policy floor on {table} as restrictive for all to {SESSIONS}"
            f" using ({FLOOR}) with check ({FLOOR});",
            f"create policy backup on {table} for select to havre_backup using (true);",
            *(policy(table, verb, self.condition(table, verb)) for verb in verbs),
        ]


@dataclass(frozen=True)
class CaseRows(Rows):
    """Rows of a case, or of a person, by `key`: reached through a row of access with the compartment."""

    compartment: Compartment = Compartment.FACTS
    key: str = "case_id"
    column: str = "case_id"
    per_row: bool = False  # the row itself names its compartment

    def condition(self, table: str, verb: str) -> str:
        mask = f"{table}.compartment" if self.per_row else str(int(self.compartment))
        write = "" if verb == "select" else " and a.level = 'write'"
        return (
            f"exists (select 1 from {ACCESS} a where a.{self.key} = {table}.{self.column}"  # noqa: S608 - our own names
            f" and a.compartments & {mask} <> 0{write} offset 0)"
        )


@dataclass(frozen=True)
class NamedRows(CaseRows):
    """Rows of a case for the people each row itself names: a reader names another one, nobody else does."""

    readers: str = "readers"  # a column of principals

    def condition(self, table: str, verb: str) -> str:
        named = f"{table}.{self.readers} && (select havre.principals())::bigint[]"
        return f"{super().condition(table, verb)} and {named}"


def person_rows(compartment: Compartment, *writes: str, column: str = "person_id") -> CaseRows:
    """Rows of a person, reached through any case of theirs."""
    return CaseRows(writes=writes, compartment=compartment, key="person_id", column=column)


def case_rows(compartment: Compartment, *writes: str, column: str = "case_id") -> CaseRows:
    """Rows of one case."""
    return CaseRows(writes=writes, compartment=compartment, column=column)


@dataclass(frozen=True)
class OwnRows(Rows):
    """Rows that belong to the user who is signed in."""

    column: str = "user_id"

    def condition(self, table: str, verb: str) -> str:
        return f"{table}.{self.column} = (select havre.actor())"


@dataclass(frozen=True)
class Where(Rows):
    """Rows with a condition of their own, one for reading and one for each way of writing."""

    select: str = ""
    insert: str = ""
    update: str = ""
    delete: str = ""

    def condition(self, table: str, verb: str) -> str:
        return str(getattr(self, verb))


@dataclass(frozen=True)
class Unguarded(Rows):
    """A table without case data: readable as a whole, with the reason written down."""

    reason: str = ""
    verbs: tuple[str, ...] = field(default=("select",))
    backed_up: bool = True

    def sql(self, table: str) -> list[str]:
        grants = [f"grant {', '.join(self.verbs)} on {table} to {SESSIONS};"] if self.verbs else []
        return [*grants, f"grant select on {table} to havre_backup;"] if self.backed_up else grants


@dataclass(frozen=True)
class Queue(Unguarded):
    """A table of the queue of jobs: the application asks, the worker does."""

    app: str = ""  # what the application may
    worker: str = ""  # what the worker may

    def sql(self, table: str) -> list[str]:
        pairs = (("havre_app", self.app), ("havre_worker", self.worker), ("havre_backup", "select"))
        return [f"grant {verbs} on {table} to {role};" for role, verbs in pairs if verbs]
