"""Every service of an open profile, each made when it is first asked for.

The first rows stand on the screen before most of them are imported (qt.md, "Start-up").
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from console.services.alerts import Alerts
    from console.services.areas import Areas
    from console.services.coverage import Coverages
    from console.services.desk import Desk
    from console.services.directory import Directory
    from console.services.district import Districts
    from console.services.feedback import Feedback
    from console.services.followups import FollowUps
    from console.services.handovers import Handovers
    from console.services.lamps import Lamps
    from console.services.ledger import Handoff
    from console.services.lookup import Lookup
    from console.services.people import People
    from console.services.photos import Photos
    from console.services.post_photos import PostPhotos
    from console.services.posts import Posts
    from console.services.register import Register
    from console.services.reports import Reports
    from console.services.streets import Streets
    from console.services.team import Team
    from console.services.templates import Templates
    from console.services.tray import Tray
    from console.services.whereabouts import WhereaboutsOf
    from console.services.workbooks import Workbooks


class Services:
    """One desk, one person; thrown away at a change of person.

    ``keyring`` and ``key`` are handed to ``people`` only; ``keyring`` is None in the demo.
    """

    def __init__(self, desk: Desk, keyring: Any = None, key: bytes = b"") -> None:
        self.desk = desk
        self._keyring = keyring
        self._key = key

    def __repr__(self) -> str:
        return "Services()"

    @cached_property
    def reports(self) -> Reports:
        """Reports."""
        from console.services.reports import Reports

        return Reports(self.desk)

    @cached_property
    def photos(self) -> Photos:
        """Photos of reports."""
        from console.services.photos import Photos

        return Photos(self.desk)

    @cached_property
    def post_photos(self) -> PostPhotos:
        """Photos of posts."""
        from console.services.post_photos import PostPhotos

        return PostPhotos(self.desk)

    @cached_property
    def directory(self) -> Directory:
        """Areas, groups and administrators."""
        from console.services.directory import Directory

        return Directory(self.desk)

    @cached_property
    def streets(self) -> Streets:
        """Streets that groups speak for."""
        from console.services.streets import Streets

        return Streets(self.desk)

    @cached_property
    def register(self) -> Register:
        """Lists of groups of another body."""
        from console.services.register import Register

        return Register(self.desk)

    @cached_property
    def areas(self) -> Areas:
        """Areas from files, and groups by place."""
        from console.services.areas import Areas

        return Areas(self.desk)

    @cached_property
    def coverage(self) -> Coverages:
        """Groups per 1,000 inhabitants."""
        from console.services.coverage import Coverages

        return Coverages(self.desk)

    @cached_property
    def posts(self) -> Posts:
        """Posts being written and released."""
        from console.services.posts import Posts

        return Posts(self.desk)

    @cached_property
    def ledger(self) -> Handoff:
        """The hand-off of released posts."""
        from console.services.ledger import Handoff

        return Handoff(self.desk)

    @cached_property
    def feedback(self) -> Feedback:
        """Feedback and its clock."""
        from console.services.feedback import Feedback

        return Feedback(self.desk)

    @cached_property
    def districts(self) -> Districts:
        """What an officer comes back to."""
        from console.services.district import Districts

        return Districts(self.desk)

    @cached_property
    def alerts(self) -> Alerts:
        """Alerts, pasted or read."""
        from console.services.alerts import Alerts

        return Alerts(self.desk)

    @cached_property
    def templates(self) -> Templates:
        """Templates and their versions."""
        from console.services.templates import Templates

        return Templates(self.desk)

    @cached_property
    def handovers(self) -> Handovers:
        """Handovers."""
        from console.services.handovers import Handovers

        return Handovers(self.desk)

    @cached_property
    def workbooks(self) -> Workbooks:
        """The written work process."""
        from console.services.workbooks import Workbooks

        return Workbooks(self.desk)

    @cached_property
    def people(self) -> People:
        """The people of this desk."""
        from console.services.people import People

        return People(self.desk, self._keyring, self._key)

    @cached_property
    def tray(self) -> Tray:
        """What waits for a decision."""
        from console.services.tray import Tray

        return Tray(self.desk)

    @cached_property
    def lookup(self) -> Lookup:
        """What the palette finds."""
        from console.services.lookup import Lookup

        return Lookup(self.desk)

    @cached_property
    def lamps(self) -> Lamps:
        """The lamps and what waits."""
        from console.services.lamps import Lamps

        return Lamps(self.desk)

    @cached_property
    def followups(self) -> FollowUps:
        """Corrections, posts passed on and posts recorded afterwards."""
        from console.services.followups import FollowUps

        return FollowUps(self.desk)

    @cached_property
    def team(self) -> Team:
        """What the whole team agrees on."""
        from console.services.team import Team

        return Team(self.desk)

    @cached_property
    def whereabouts(self) -> WhereaboutsOf:
        """What became of each act on a record."""
        from console.services.whereabouts import WhereaboutsOf

        return WhereaboutsOf(self.desk)
