"""The figures of central in Prometheus form; a registry of its own per app.

Labels are templates of addresses, statuses, methods and words of the contract. No person, team,
device or content stands in a name, a label or a value.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from central.office import Office
from central.operations.repository import sizes

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

log = logging.getLogger(__name__)

disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """What is counted per request, and what is looked up when somebody asks."""

    def __init__(self, office: Office) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self.requests = Counter(
            "buurtdesk_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self.seconds = Histogram(
            "buurtdesk_request_seconds",
            "Time from the request to the end of the answer; event streams and waits left out.",
            ("route",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self.under_way = Gauge(
            "buurtdesk_requests_under_way", "Requests being answered.", registry=self._registry
        )
        self.turned_away = Counter(
            "buurtdesk_requests_turned_away",
            "Requests refused because too many were under way.",
            registry=self._registry,
        )
        self._registry.register(_Counts(office))

    def text(self) -> bytes:
        """Return all figures; a read of the records is part of it, so not on the event loop."""
        return generate_latest(self._registry)


class _Counts(Collector):
    def __init__(self, office: Office) -> None:
        self._office = office

    def collect(self) -> Iterator[Metric]:
        ops, problems = self._office.tally.read()
        yield _counter("buurtdesk_push_ops", "Ops answered, by status.", "status", ops)
        yield _counter("buurtdesk_problems", "Requests refused, by code.", "code", problems)
        yield GaugeMetricFamily(
            "buurtdesk_open_streams", "Event streams open now.", len(self._office.live.streams())
        )
        rows, total = self._office.tally.commits.read()
        yield HistogramMetricFamily(
            "buurtdesk_commit_seconds", "Time a push took to be kept.", rows, total
        )
        rows, total = self._office.live.lag.read()
        yield HistogramMetricFamily(
            "buurtdesk_feed_lag_seconds",
            "Time from a commit to the event for the desks that listen.",
            rows,
            total,
        )
        database = self._office.database
        yield GaugeMetricFamily(
            "buurtdesk_writer_queue", "Units of work waiting to write.", database.waiting()
        )
        up = 1.0
        try:
            for name, (says, value) in database.read_now(sizes).items():
                yield GaugeMetricFamily(name, says, value)
        except Exception as trouble:  # whatever it is, the other figures are wanted all the more
            log.warning("figures without sizes: %s", type(trouble))
            up = 0.0
        yield GaugeMetricFamily(
            "buurtdesk_database_up", "1 when the records could be read just now.", up
        )
        place = database.place
        if isinstance(place, Path):
            free = os.statvfs(place.parent) if hasattr(os, "statvfs") else None
            if free is not None:
                yield GaugeMetricFamily(
                    "buurtdesk_disk_free_bytes",
                    "Room left on the disk of the file.",
                    free.f_bavail * free.f_frsize,
                )


def _counter(name: str, says: str, label: str, counts: dict[str, int]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, says, labels=[label])
    for word, count in sorted(counts.items()):
        family.add_metric([word], count)
    return family
