"""The written work process, its steps and ticks, team settings and people."""

from sqlalchemy import Index

from console.models.base import record_table

workbook = record_table("workbook")
step = record_table("step", Index("step_by_workbook", "workbook_id", "position"))
step_tick = record_table("step_tick", Index("step_tick_by_subject", "subject_id", "step_id"))
setting = record_table("setting")
person = record_table("person")
