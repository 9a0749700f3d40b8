"""Requests for signs, tasks, and what is counted of residents' sign-ups."""

from sqlalchemy import Index

from console.models.base import record_table

sign_request = record_table(
    "sign_request",
    Index("sign_request_by_day", "asked_on"),
    Index("sign_request_by_group", "group_id"),
)
task = record_table(
    "task",
    Index("task_by_state", "state", "due_at"),
    Index("task_by_subject", "subject_id"),
)
signup_count = record_table("signup_count", Index("signup_count_by_month", "month"))
