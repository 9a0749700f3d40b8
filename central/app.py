"""Puts central together. One function; everything it needs is in ``Settings``."""

import logging
from functools import cache, partial

from fastapi import FastAPI

from central import http
from central.accounts import endpoints as accounts
from central.audit import checkpoints
from central.audit import endpoints as audit
from central.auth import endpoints as auth
from central.blobs import endpoints as blobs
from central.clock import TELLER, system_time
from central.database import Database
from central.devices import endpoints as devices
from central.feeds import endpoints as feeds
from central.intake import endpoints as intake
from central.join import endpoints as join
from central.live import endpoints as live
from central.looking import endpoints as looking
from central.lookups import endpoints as lookups
from central.methods import Methods
from central.neighbours import endpoints as neighbours
from central.office import Office
from central.openapi import endpoints as openapi
from central.openapi.document import build, operation_id
from central.operations import endpoints as operations
from central.rest import endpoints as rest
from central.retention import endpoints as retention
from central.settings import Settings
from central.subject import endpoints as subject
from central.sync import endpoints as sync
from central.team import endpoints as team
from contract import routes

log = logging.getLogger(__name__)


def build_app(
    settings: Settings, *, tell: TELLER = system_time, database: Database | None = None
) -> FastAPI:
    """Open the records and return central. Raises ``Unusable`` when the file cannot be used.

    ``tell`` gives the time; close with ``close_app``.
    """
    database = database or Database.open(
        settings.place(), settings.key, readers=settings.readers, writers=settings.writers
    )
    app = FastAPI(
        title="Buurtdesk central",
        version=routes.API_VERSION,
        openapi_url=None,
        generate_unique_id_function=operation_id,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.office = Office(settings, database, tell)
    routers = (
        openapi.router,
        team.router,
        operations.router,
        auth.router,
        accounts.router,
        devices.router,
        looking.router,
        sync.router,
        live.router,
        blobs.router,
        join.router,
        intake.router,
        lookups.router,
        feeds.router,
        neighbours.router,
        retention.router,
        subject.router,
        audit.router,
        rest.router,
    )
    for router in routers:
        app.include_router(router)
    app.openapi = cache(partial(build, app))  # type: ignore[method-assign]
    app.add_middleware(Methods, routers=routers)
    http.register(app)
    return app


def sign_rows(app: FastAPI) -> None:
    """Sign how far the audit rows of every team reach; what cannot be signed stops nothing."""
    office: Office = app.state.office
    try:
        checkpoints.make(office.database, office.settings.audit_seed, office.moment())
    except Exception as trouble:  # a full disk, a line that is gone: central ends all the same
        log.warning("audit rows were not signed: %s", type(trouble))


def close_app(app: FastAPI) -> None:
    """Finish what runs and close the records."""
    office: Office = app.state.office
    office.feeds.stop()
    office.live.close()
    office.hasher.close()
    office.database.close()
