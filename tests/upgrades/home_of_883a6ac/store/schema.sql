CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	action VARCHAR(32) NOT NULL, 
	subject TEXT NOT NULL, 
	detail TEXT, 
	CONSTRAINT pk_audit PRIMARY KEY (id)
);
CREATE TABLE control_reference (
	partner VARCHAR(64) NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_control_reference PRIMARY KEY (partner)
);
CREATE TABLE finding (
	id INTEGER NOT NULL, 
	receipt_id VARCHAR(32) NOT NULL, 
	order_position INTEGER, 
	line INTEGER, 
	code VARCHAR(6) NOT NULL, 
	severity VARCHAR(8) NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_finding PRIMARY KEY (id), 
	CONSTRAINT fk_finding_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id)
);
CREATE TABLE interchange (
	receipt_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	customer VARCHAR(64) NOT NULL, 
	sender VARCHAR(70) NOT NULL, 
	reference VARCHAR(70) NOT NULL, 
	CONSTRAINT pk_interchange PRIMARY KEY (receipt_id, number), 
	CONSTRAINT fk_interchange_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id)
);
CREATE TABLE order_line (
	order_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	item TEXT, 
	buyer_item TEXT, 
	gtin TEXT, 
	quantity VARCHAR(64), 
	unit TEXT, 
	unit_price VARCHAR(64), 
	contract_price VARCHAR(64), 
	amount VARCHAR(64), 
	requested_date DATE, 
	decision VARCHAR(16) NOT NULL, 
	CONSTRAINT pk_order_line PRIMARY KEY (order_id, position), 
	CONSTRAINT fk_order_line_order_id FOREIGN KEY(order_id) REFERENCES purchase_order (id)
);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	receipt_id VARCHAR(32) NOT NULL, 
	customer VARCHAR(64), 
	answer VARCHAR(16), 
	order_id INTEGER, 
	first_position INTEGER, 
	last_position INTEGER, 
	control_reference INTEGER, 
	status VARCHAR(8) NOT NULL, 
	attempts INTEGER NOT NULL, 
	due_at DATETIME NOT NULL, 
	problem TEXT, 
	reference TEXT, 
	created_at DATETIME NOT NULL, 
	done_at DATETIME, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT fk_outbox_order_id FOREIGN KEY(order_id) REFERENCES purchase_order (id), 
	CONSTRAINT fk_outbox_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id), 
	CONSTRAINT uq_outbox_key UNIQUE ("key")
);
CREATE TABLE parked_change (
	order_id INTEGER NOT NULL, 
	customer VARCHAR(64) NOT NULL, 
	number_key TEXT NOT NULL, 
	CONSTRAINT pk_parked_change PRIMARY KEY (order_id), 
	CONSTRAINT fk_parked_change_order_id FOREIGN KEY(order_id) REFERENCES purchase_order (id)
);
CREATE TABLE purchase_order (
	id INTEGER NOT NULL, 
	receipt_id VARCHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	customer VARCHAR(64), 
	po_number TEXT, 
	number_key TEXT, 
	revision INTEGER NOT NULL, 
	content VARCHAR(64) NOT NULL, 
	refused BOOLEAN NOT NULL, 
	order_date DATE, 
	requested_date DATE, 
	ship_to VARCHAR(64), 
	currency VARCHAR(3), 
	value VARCHAR(64), 
	decision VARCHAR(16) NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_purchase_order PRIMARY KEY (id), 
	CONSTRAINT fk_purchase_order_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id), 
	CONSTRAINT uq_purchase_order_customer_number_key_revision UNIQUE (customer, number_key, revision), 
	CONSTRAINT uq_purchase_order_receipt_id_position UNIQUE (receipt_id, position)
);
CREATE TABLE receipt (
	id VARCHAR(32) NOT NULL, 
	name TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	size INTEGER NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	inbox VARCHAR(64) NOT NULL, 
	named_customer VARCHAR(64), 
	received_at DATETIME NOT NULL, 
	as_of DATE NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	format VARCHAR(16), 
	customer VARCHAR(64), 
	decision VARCHAR(16), 
	orders_done INTEGER NOT NULL, 
	lines_read INTEGER NOT NULL, 
	lines_accepted INTEGER NOT NULL, 
	lines_changed INTEGER NOT NULL, 
	lines_held INTEGER NOT NULL, 
	lines_rejected INTEGER NOT NULL, 
	lines_skipped INTEGER NOT NULL, 
	value VARCHAR(64), 
	currency VARCHAR(3), 
	versions TEXT, 
	decided_at DATETIME, 
	CONSTRAINT pk_receipt PRIMARY KEY (id)
);
CREATE TABLE reference_snapshot (
	version VARCHAR(32) NOT NULL, 
	loaded_at DATETIME NOT NULL, 
	tables TEXT NOT NULL, 
	CONSTRAINT pk_reference_snapshot PRIMARY KEY (version)
);
CREATE TABLE repeated_order (
	receipt_id VARCHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	customer VARCHAR(64) NOT NULL, 
	number_key TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_repeated_order PRIMARY KEY (receipt_id, position), 
	CONSTRAINT fk_repeated_order_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id)
);
CREATE INDEX ix_audit_at ON audit (at);
CREATE INDEX ix_audit_subject ON audit (subject);
CREATE INDEX ix_finding_receipt_id ON finding (receipt_id);
CREATE INDEX ix_interchange_customer_sender_reference ON interchange (customer, sender, reference);
CREATE INDEX ix_outbox_status_due_at ON outbox (status, due_at);
CREATE INDEX ix_parked_change_customer_number_key ON parked_change (customer, number_key);
CREATE INDEX ix_purchase_order_decision ON purchase_order (decision);
CREATE INDEX ix_receipt_customer ON receipt (customer);
CREATE INDEX ix_receipt_received_at ON receipt (received_at);
CREATE INDEX ix_receipt_sha256 ON receipt (sha256);
CREATE INDEX ix_receipt_status ON receipt (status);
CREATE INDEX ix_reference_snapshot_loaded_at ON reference_snapshot (loaded_at);
