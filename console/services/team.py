"""What a whole team agrees on, the same on every desk: the region profile (F56)."""

from collections.abc import Collection
from concurrent.futures import Future

from console.domain.failures import NotAllowed, Problem, Refused
from console.services.desk import Desk, Unit
from console.storage import feeds
from console.storage.database import Connection
from console.storage.posts import setting_value
from console.storage.projection import shown
from contract import sharing
from contract.region import REGIONS, RegionProfile, profile_named
from contract.vocabulary import FEEDS, LOOKUPS, AlertSource, Role

REGION = "region"
LOOKUPS_CHOICE = "lookups"
HOLDER_ONLY = Problem(
    "not-allowed", "Dit mag alleen de accounthouder.", "Vraag de accounthouder van uw team."
)
UNKNOWN_REGION = Problem("region-unknown", "Deze regio kent de desk niet.", "Kies er een uit.")


class Team:
    """The settings of the team, kept as records so that central goes by the same ones."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def learn_region(self) -> Future[RegionProfile]:
        """Go by the region profile the team has now; the Dutch one where none is set."""

        def work(conn: Connection) -> RegionProfile:
            found = profile_named(str(setting_value(conn, REGION).get("profile") or ""))
            self._desk.region = found
            return found

        return self._desk.look(work)

    def set_region(self, code: str) -> Future[None]:
        """Choose the region profile: every closing line and its guard change with it (F56)."""

        def work(unit: Unit) -> None:
            if not unit.person.may(Role.ACCOUNT_HOLDER):
                raise NotAllowed(HOLDER_ONLY)
            if code.upper() not in REGIONS:
                raise Refused(UNKNOWN_REGION)
            value = {**setting_value(unit.conn, REGION), "profile": code.upper()}
            with unit.group():
                if shown(unit.conn, "setting", REGION) is None:
                    unit.create("setting", {"value": value}, REGION)
                else:
                    unit.update("setting", REGION, value=value)
                unit.log("setting", REGION, "region_changed", code.upper())
            self._desk.region = profile_named(code)

        return self._desk.act(work)

    def feeds(self) -> Future[frozenset[AlertSource]]:
        """Return the feeds outside that central looks at for this team (F63)."""
        return self._desk.look(feeds.chosen, "team.feeds")

    def lookups(self) -> Future[frozenset[str]]:
        """Return the look-ups outside that central does for this team (F60)."""

        def work(conn: Connection) -> frozenset[str]:
            on = setting_value(conn, LOOKUPS_CHOICE).get("on")
            return frozenset(name for name in LOOKUPS if isinstance(on, list) and name in on)

        return self._desk.look(work, "team.lookups")

    def set_lookups(self, wanted: Collection[str]) -> Future[None]:
        """Choose which look-ups central does; the list of hosts stays. The same again is nothing."""

        def work(unit: Unit) -> None:
            if not unit.person.may(Role.ACCOUNT_HOLDER):
                raise NotAllowed(HOLDER_ONLY)
            on = [name for name in LOOKUPS if name in wanted]
            before = setting_value(unit.conn, LOOKUPS_CHOICE)
            if before.get("on", []) == on:
                return
            value = {**before, "on": on}
            with unit.group():
                if shown(unit.conn, "setting", LOOKUPS_CHOICE) is None:
                    unit.create("setting", {"value": value}, LOOKUPS_CHOICE)
                else:
                    unit.update("setting", LOOKUPS_CHOICE, value=value)
                unit.log("setting", LOOKUPS_CHOICE, "lookups_changed", " ".join(on))

        return self._desk.act(work)

    def shares(self) -> Future[bool]:
        """Say whether this team shares its messages with teams beside it (F21)."""
        return self._desk.look(lambda conn: sharing.shares(setting_value(conn, sharing.CHOICE)))

    def set_shares(self, on: bool) -> Future[None]:
        """Share messages with teams beside, or stop that. The same again is nothing."""

        def work(unit: Unit) -> None:
            if not unit.person.may(Role.ACCOUNT_HOLDER):
                raise NotAllowed(HOLDER_ONLY)
            before = setting_value(unit.conn, sharing.CHOICE)
            if sharing.shares(before) == on:
                return
            value = sharing.sharing(before, on=on)
            with unit.group():
                if shown(unit.conn, "setting", sharing.CHOICE) is None:
                    unit.create("setting", {"value": value}, sharing.CHOICE)
                else:
                    unit.update("setting", sharing.CHOICE, value=value)
                unit.log("setting", sharing.CHOICE, "sharing_changed", "aan" if on else "uit")

        return self._desk.act(work)

    def set_feeds(self, wanted: Collection[AlertSource]) -> Future[None]:
        """Choose which feeds central looks at; where they stand and the list of hosts stay."""

        def work(unit: Unit) -> None:
            if not unit.person.may(Role.ACCOUNT_HOLDER):
                raise NotAllowed(HOLDER_ONLY)
            on = [feed.value for feed in FEEDS if feed in wanted]
            value = {**setting_value(unit.conn, feeds.CHOICE), "on": on}
            with unit.group():
                if shown(unit.conn, "setting", feeds.CHOICE) is None:
                    unit.create("setting", {"value": value}, feeds.CHOICE)
                else:
                    unit.update("setting", feeds.CHOICE, value=value)
                unit.log("setting", feeds.CHOICE, "feeds_changed", " ".join(on))

        return self._desk.act(work)
