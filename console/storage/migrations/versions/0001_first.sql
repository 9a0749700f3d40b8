CREATE TABLE blob (
	sha256 TEXT NOT NULL,
	size INTEGER NOT NULL,
	whole INTEGER NOT NULL,
	used_at TEXT NOT NULL,
	PRIMARY KEY (sha256)
)

CREATE TABLE blob_piece (
	sha256 TEXT NOT NULL,
	start INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (sha256, start)
)

CREATE TABLE blob_task (
	sha256 TEXT NOT NULL,
	way TEXT NOT NULL,
	person TEXT NOT NULL,
	size INTEGER NOT NULL,
	"offset" INTEGER NOT NULL,
	state TEXT NOT NULL,
	tries INTEGER NOT NULL,
	next_at TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (sha256, way, person)
)

CREATE INDEX blob_task_open ON blob_task (state, made_at)

CREATE TABLE cursor (
	team TEXT NOT NULL,
	cursor TEXT NOT NULL,
	witness TEXT NOT NULL,
	generation INTEGER NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (team)
)

CREATE TABLE directory_entry (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL,
	ref TEXT NOT NULL,
	title TEXT NOT NULL,
	detail TEXT NOT NULL,
	area_id TEXT NOT NULL
)

CREATE INDEX directory_entry_by_ref ON directory_entry (ref)

CREATE TABLE grave (
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	PRIMARY KEY (kind, id)
)

CREATE TABLE journal (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	op_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	person TEXT NOT NULL,
	op TEXT NOT NULL,
	status TEXT NOT NULL,
	acked_at TEXT NOT NULL,
	station TEXT,
	ver INTEGER,
	UNIQUE (op_id)
)

CREATE INDEX journal_by_record ON journal (kind, id)

CREATE INDEX journal_by_time ON journal (acked_at)

CREATE TABLE memory (
	name TEXT NOT NULL,
	value JSON NOT NULL,
	PRIMARY KEY (name)
)

CREATE TABLE outbox (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	op_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	person TEXT NOT NULL,
	station TEXT NOT NULL,
	op TEXT NOT NULL,
	op_group TEXT,
	state TEXT NOT NULL,
	tries INTEGER NOT NULL,
	next_at TEXT NOT NULL,
	made_at TEXT NOT NULL,
	sent_at TEXT,
	last_status TEXT,
	schema INTEGER NOT NULL,
	UNIQUE (op_id)
)

CREATE INDEX outbox_by_record ON outbox (kind, id, n)

CREATE INDEX outbox_by_state ON outbox (state, person, n)

CREATE TABLE pasted (
	hash TEXT NOT NULL,
	report_id TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (hash)
)

CREATE TABLE rec_administrator (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	name TEXT,
	phone TEXT,
	email TEXT,
	wish TEXT,
	quiet_from TEXT,
	quiet_until TEXT,
	reach TEXT,
	on_burgernet INTEGER,
	active INTEGER,
	left_at TEXT,
	confirmed_at TEXT,
	note TEXT,
	UNIQUE (id)
)

CREATE INDEX administrator_by_name ON rec_administrator (name)

CREATE TABLE rec_alert (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	source TEXT,
	external_id TEXT,
	kind TEXT,
	state TEXT,
	state_at TEXT,
	test INTEGER,
	title TEXT,
	text TEXT,
	original TEXT,
	original_sha256 TEXT,
	municipality TEXT,
	places JSON,
	started_at TEXT,
	ended_at TEXT,
	received_at TEXT,
	area_id TEXT,
	circle JSON,
	polygons JSON,
	plates JSON,
	phone_lines JSON,
	closing_text TEXT,
	seen_by TEXT,
	UNIQUE (id)
)

CREATE INDEX alert_by_original ON rec_alert (original_sha256)

CREATE INDEX alert_by_source ON rec_alert (source, external_id)

CREATE INDEX alert_by_state ON rec_alert (state, started_at)

CREATE TABLE rec_area (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	name TEXT,
	level TEXT,
	code TEXT,
	parent_id TEXT,
	inhabitants INTEGER,
	inhabitants_year INTEGER,
	inhabitants_source TEXT,
	note TEXT,
	year INTEGER,
	ended_year INTEGER,
	merged_into TEXT,
	UNIQUE (id)
)

CREATE INDEX area_by_code ON rec_area (code)

CREATE INDEX area_by_parent ON rec_area (parent_id)

CREATE TABLE rec_area_neighbour (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	area_id TEXT,
	neighbour_id TEXT,
	UNIQUE (id)
)

CREATE INDEX area_neighbour_by_area ON rec_area_neighbour (area_id)

CREATE INDEX area_neighbour_by_neighbour ON rec_area_neighbour (neighbour_id)

CREATE TABLE rec_area_role (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	area_id TEXT,
	role TEXT,
	name TEXT,
	person_id TEXT,
	phone TEXT,
	note TEXT,
	UNIQUE (id)
)

CREATE INDEX area_role_by_area ON rec_area_role (area_id)

CREATE TABLE rec_area_shape (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	area_id TEXT,
	year INTEGER,
	shape TEXT,
	box JSON,
	UNIQUE (id)
)

CREATE INDEX area_shape_by_area ON rec_area_shape (area_id)

CREATE TABLE rec_check (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	lamp TEXT,
	state TEXT,
	"by" TEXT,
	at TEXT,
	UNIQUE (id)
)

CREATE INDEX check_by_lamp ON rec_check (lamp, at)

CREATE TABLE rec_group (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	name TEXT,
	kind TEXT,
	area_id TEXT,
	streets JSON,
	postcodes JSON,
	members INTEGER,
	member_limit INTEGER,
	state TEXT,
	wish TEXT,
	quiet_from TEXT,
	quiet_until TEXT,
	reach TEXT,
	reach_via TEXT,
	invite_link TEXT,
	confirmed_at TEXT,
	note TEXT,
	UNIQUE (id)
)

CREATE INDEX group_by_area ON rec_group (area_id, kind)

CREATE TABLE rec_group_administrator (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	group_id TEXT,
	administrator_id TEXT,
	role TEXT,
	UNIQUE (id)
)

CREATE INDEX group_administrator_by_administrator ON rec_group_administrator (administrator_id)

CREATE INDEX group_administrator_by_group ON rec_group_administrator (group_id)

CREATE TABLE rec_group_parent (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	group_id TEXT,
	parent_kind TEXT,
	parent_id TEXT,
	UNIQUE (id)
)

CREATE INDEX group_parent_by_group ON rec_group_parent (group_id)

CREATE INDEX group_parent_by_parent ON rec_group_parent (parent_id)

CREATE TABLE rec_handover (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	from_person TEXT,
	to_person TEXT,
	made_at TEXT,
	shift TEXT,
	note TEXT,
	talked INTEGER,
	no_talk_note TEXT,
	status TEXT,
	accepted_at TEXT,
	accepted_by TEXT,
	seal TEXT,
	relief INTEGER,
	kept JSON,
	UNIQUE (id)
)

CREATE INDEX handover_by_status ON rec_handover (status, made_at)

CREATE INDEX handover_by_time ON rec_handover (made_at)

CREATE TABLE rec_handover_line (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	handover_id TEXT,
	section TEXT,
	subject_kind TEXT,
	subject_id TEXT,
	position INTEGER,
	title TEXT,
	detail TEXT,
	time_text TEXT,
	severity TEXT,
	late INTEGER,
	answer TEXT,
	answered_by TEXT,
	answered_at TEXT,
	UNIQUE (id)
)

CREATE INDEX handover_line_by_handover ON rec_handover_line (handover_id, position)

CREATE TABLE rec_log_entry (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	subject_kind TEXT,
	subject_id TEXT,
	what TEXT,
	text TEXT,
	reason TEXT,
	recipient TEXT,
	"by" TEXT,
	station TEXT,
	made_at TEXT,
	corrects TEXT,
	at TEXT,
	UNIQUE (id)
)

CREATE INDEX log_entry_by_subject ON rec_log_entry (subject_kind, subject_id, n)

CREATE TABLE rec_person (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	name TEXT,
	roles JSON,
	area_id TEXT,
	active INTEGER,
	shift_until TEXT,
	UNIQUE (id)
)

CREATE TABLE rec_photo (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	parent_kind TEXT,
	parent_id TEXT,
	name TEXT,
	sha256 TEXT,
	size INTEGER,
	type TEXT,
	made_by TEXT,
	made_at TEXT,
	reason TEXT,
	source TEXT,
	permission_by TEXT,
	permission_for TEXT,
	expires_on TEXT,
	UNIQUE (id)
)

CREATE INDEX photo_by_content ON rec_photo (sha256)

CREATE INDEX photo_by_last_day ON rec_photo (expires_on) WHERE expires_on IS NOT NULL

CREATE INDEX photo_by_parent ON rec_photo (parent_id)

CREATE TABLE rec_placement (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	post_id TEXT,
	group_id TEXT,
	position INTEGER,
	chosen_by_hand INTEGER,
	text TEXT,
	state TEXT,
	state_at TEXT,
	"by" TEXT,
	reason TEXT,
	note TEXT,
	UNIQUE (id)
)

CREATE INDEX placement_by_group ON rec_placement (group_id, state_at)

CREATE INDEX placement_by_post ON rec_placement (post_id, position)

CREATE INDEX placement_by_state ON rec_placement (state)

CREATE INDEX placement_by_time ON rec_placement (state_at, group_id)

CREATE TABLE rec_post (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	type TEXT,
	kind TEXT,
	title TEXT,
	template_id TEXT,
	template_version INTEGER,
	fields JSON,
	body TEXT,
	urgent INTEGER,
	training INTEGER,
	area_id TEXT,
	alert_id TEXT,
	report_id TEXT,
	answers TEXT,
	corrects TEXT,
	status TEXT,
	author TEXT,
	author_until TEXT,
	holder TEXT,
	consent TEXT,
	consent_ground TEXT,
	consent_by TEXT,
	consent_at TEXT,
	control_room TEXT,
	control_room_by TEXT,
	control_room_at TEXT,
	incident_ref TEXT,
	asked_by TEXT,
	forwards TEXT,
	forwards_from TEXT,
	decisions JSON,
	unseen_reason TEXT,
	released_at TEXT,
	released_by TEXT,
	feedback_due_at TEXT,
	extensions INTEGER,
	outcome TEXT,
	outcome_note TEXT,
	waiver_reason TEXT,
	waiver_note TEXT,
	settled_at TEXT,
	settled_by TEXT,
	guard_differs INTEGER,
	created_by TEXT,
	created_at TEXT,
	UNIQUE (id)
)

CREATE INDEX post_by_alert ON rec_post (alert_id)

CREATE INDEX post_by_answers ON rec_post (answers)

CREATE INDEX post_by_corrects ON rec_post (corrects)

CREATE INDEX post_by_due ON rec_post (feedback_due_at)

CREATE INDEX post_by_forwards ON rec_post (forwards)

CREATE INDEX post_by_status ON rec_post (status, created_at)

CREATE INDEX post_unsettled ON rec_post (settled_at, feedback_due_at)

CREATE TABLE rec_register_link (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	source_id TEXT,
	group_id TEXT,
	ref TEXT,
	said JSON,
	missing_at TEXT,
	UNIQUE (id)
)

CREATE INDEX register_link_by_group ON rec_register_link (group_id)

CREATE INDEX register_link_by_source ON rec_register_link (source_id)

CREATE TABLE rec_register_source (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	name TEXT,
	headers TEXT,
	columns JSON,
	choices JSON,
	read_at TEXT,
	UNIQUE (id)
)

CREATE TABLE rec_report (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	number TEXT,
	category TEXT,
	title TEXT,
	text TEXT,
	description TEXT,
	place TEXT,
	area_id TEXT,
	acute INTEGER,
	called_112 TEXT,
	no_call_reason TEXT,
	happened_at TEXT,
	heard_at TEXT,
	relay TEXT,
	relay_id TEXT,
	relay_name TEXT,
	photo_seen INTEGER,
	source TEXT,
	origin_hash TEXT,
	status TEXT,
	holder TEXT,
	lease_until TEXT,
	waiting_on TEXT,
	waiting_since TEXT,
	close_reason TEXT,
	close_note TEXT,
	contribution TEXT,
	contribution_ref TEXT,
	closed_at TEXT,
	closed_by TEXT,
	created_by TEXT,
	created_at TEXT,
	UNIQUE (id)
)

CREATE INDEX report_by_acute ON rec_report (status, heard_at) WHERE acute = 1

CREATE INDEX report_by_area ON rec_report (area_id, heard_at)

CREATE INDEX report_by_closing ON rec_report (closed_at, n) WHERE status = 'closed'

CREATE INDEX report_by_holder ON rec_report (holder, status) WHERE holder IS NOT NULL

CREATE INDEX report_by_status ON rec_report (status, heard_at, n, acute)

CREATE INDEX report_by_time ON rec_report (heard_at, n)

CREATE TABLE rec_report_link (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	report_id TEXT,
	other_id TEXT,
	made_by TEXT,
	made_at TEXT,
	UNIQUE (id)
)

CREATE INDEX report_link_by_other ON rec_report_link (other_id)

CREATE INDEX report_link_by_report ON rec_report_link (report_id)

CREATE TABLE rec_setting (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	value JSON,
	UNIQUE (id)
)

CREATE TABLE rec_sign_request (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	group_id TEXT,
	area_id TEXT,
	title TEXT,
	spots JSON,
	streets INTEGER,
	asked_on TEXT,
	state TEXT,
	state_at TEXT,
	state_by TEXT,
	why TEXT,
	advice TEXT,
	advice_by TEXT,
	advice_on TEXT,
	note TEXT,
	UNIQUE (id)
)

CREATE INDEX sign_request_by_day ON rec_sign_request (asked_on)

CREATE INDEX sign_request_by_group ON rec_sign_request (group_id)

CREATE TABLE rec_signup_count (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	month TEXT,
	what TEXT,
	group_id TEXT,
	area_id TEXT,
	count INTEGER,
	UNIQUE (id)
)

CREATE INDEX signup_count_by_month ON rec_signup_count (month)

CREATE TABLE rec_step (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	workbook_id TEXT,
	scope TEXT,
	position INTEGER,
	title TEXT,
	text TEXT,
	way_out TEXT,
	UNIQUE (id)
)

CREATE INDEX step_by_workbook ON rec_step (workbook_id, position)

CREATE TABLE rec_step_tick (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	step_id TEXT,
	subject_kind TEXT,
	subject_id TEXT,
	"by" TEXT,
	at TEXT,
	UNIQUE (id)
)

CREATE INDEX step_tick_by_subject ON rec_step_tick (subject_id, step_id)

CREATE TABLE rec_task (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	what TEXT,
	subject_kind TEXT,
	subject_id TEXT,
	title TEXT,
	area_id TEXT,
	state TEXT,
	made_at TEXT,
	due_at TEXT,
	done_at TEXT,
	done_by TEXT,
	UNIQUE (id)
)

CREATE INDEX task_by_state ON rec_task (state, due_at)

CREATE INDEX task_by_subject ON rec_task (subject_id)

CREATE TABLE rec_template (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	purpose TEXT,
	kind TEXT,
	outcome TEXT,
	name TEXT,
	version INTEGER,
	owner TEXT,
	valid_until TEXT,
	state TEXT,
	class TEXT,
	urgent INTEGER,
	fields JSON,
	layout TEXT,
	UNIQUE (id)
)

CREATE INDEX template_by_kind ON rec_template (purpose, kind, state)

CREATE TABLE rec_workbook (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	pending INTEGER NOT NULL,
	confirmed JSON,
	extra JSON,
	title TEXT,
	version TEXT,
	version_date TEXT,
	owner TEXT,
	approved_by TEXT,
	state TEXT,
	UNIQUE (id)
)

CREATE TABLE seen (
	person TEXT NOT NULL,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (person, kind, id)
)

CREATE TABLE shadow (
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	deleted INTEGER NOT NULL,
	body JSON NOT NULL,
	PRIMARY KEY (kind, id)
)

CREATE TABLE tray (
	op_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	person TEXT NOT NULL,
	op TEXT NOT NULL,
	status TEXT NOT NULL,
	code TEXT NOT NULL,
	fields JSON NOT NULL,
	theirs JSON,
	theirs_by TEXT,
	theirs_at TEXT,
	station TEXT,
	refused_at TEXT NOT NULL,
	settled_at TEXT,
	settled_how TEXT,
	PRIMARY KEY (op_id)
)

CREATE INDEX tray_by_record ON tray (kind, id)

CREATE INDEX tray_open ON tray (settled_at, person)

CREATE TABLE typing (
	subject TEXT NOT NULL,
	field TEXT NOT NULL,
	person TEXT NOT NULL,
	text TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (subject, field, person)
)

CREATE TABLE unread_record (
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	deleted INTEGER NOT NULL,
	body JSON NOT NULL,
	PRIMARY KEY (kind, id)
)

CREATE TABLE withheld (
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	ver INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	present INTEGER NOT NULL,
	shown_ver INTEGER NOT NULL,
	body JSON NOT NULL,
	PRIMARY KEY (kind, id)
)

CREATE VIRTUAL TABLE report_fts USING fts5(title, text, place, description, number, content='rec_report', content_rowid='n', detail=none, prefix='1 2 3', columnsize=0, tokenize='unicode61 remove_diacritics 2')

INSERT INTO report_fts(report_fts, rank) VALUES ('secure-delete', 1)

CREATE TRIGGER report_fts_put AFTER INSERT ON rec_report BEGIN INSERT INTO report_fts(rowid, title, text, place, description, number) VALUES (new.n, new.title, new.text, new.place, new.description, new.number); END

CREATE TRIGGER report_fts_take AFTER DELETE ON rec_report BEGIN INSERT INTO report_fts(report_fts, rowid, title, text, place, description, number) VALUES ('delete', old.n, old.title, old.text, old.place, old.description, old.number); END

CREATE TRIGGER report_fts_change AFTER UPDATE ON rec_report WHEN old.title IS NOT new.title OR old.text IS NOT new.text OR old.place IS NOT new.place OR old.description IS NOT new.description OR old.number IS NOT new.number BEGIN INSERT INTO report_fts(report_fts, rowid, title, text, place, description, number) VALUES ('delete', old.n, old.title, old.text, old.place, old.description, old.number); INSERT INTO report_fts(rowid, title, text, place, description, number) VALUES (new.n, new.title, new.text, new.place, new.description, new.number); END

CREATE VIRTUAL TABLE directory_fts USING fts5(title, detail, kind, content='directory_entry', content_rowid='n', prefix='1 2 3', columnsize=0, tokenize='unicode61 remove_diacritics 2')

INSERT INTO directory_fts(directory_fts, rank) VALUES ('secure-delete', 1)

CREATE TRIGGER directory_fts_put AFTER INSERT ON directory_entry BEGIN INSERT INTO directory_fts(rowid, title, detail, kind) VALUES (new.n, new.title, new.detail, new.kind); END

CREATE TRIGGER directory_fts_take AFTER DELETE ON directory_entry BEGIN INSERT INTO directory_fts(directory_fts, rowid, title, detail, kind) VALUES ('delete', old.n, old.title, old.detail, old.kind); END

CREATE TRIGGER directory_fts_change AFTER UPDATE ON directory_entry WHEN old.title IS NOT new.title OR old.detail IS NOT new.detail OR old.kind IS NOT new.kind BEGIN INSERT INTO directory_fts(directory_fts, rowid, title, detail, kind) VALUES ('delete', old.n, old.title, old.detail, old.kind); INSERT INTO directory_fts(rowid, title, detail, kind) VALUES (new.n, new.title, new.detail, new.kind); END
