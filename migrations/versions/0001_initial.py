"""The tables of the first release"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("is_installation_owner", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("queues", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("versions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    op.create_index(op.f("ix_worker_seen_at"), "worker", ["seen_at"], unique=False)
    op.create_table(
        "idempotency_key",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_idempotency_key_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_index(op.f("ix_idempotency_key_created_at"), "idempotency_key", ["created_at"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "role in ('owner', 'researcher', 'analyst', 'annotator')", name=op.f("ck_invitation_role")
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["account.id"], name=op.f("fk_invitation_invited_by")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_invitation_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["used_by"], ["account.id"], name=op.f("fk_invitation_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_invited_by"), "invitation", ["invited_by"], unique=False)
    op.create_index(op.f("ix_invitation_project_id"), "invitation", ["project_id"], unique=False)
    op.create_index(op.f("ix_invitation_used_by"), "invitation", ["used_by"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("error_details", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("queue in ('cpu', 'gpu')", name=op.f("ck_job_queue")),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'finished', 'failed', 'cancelled')", name=op.f("ck_job_state")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_job_asked_by")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_job_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_asked_by"), "job", ["asked_by"], unique=False)
    op.create_index("ix_job_project_id_id", "job", ["project_id", "id"], unique=False)
    op.create_index(op.f("ix_job_state"), "job", ["state"], unique=False)
    op.create_index(
        "uq_job_same",
        "job",
        ["fingerprint"],
        unique=True,
        postgresql_where=sa.text("state in ('waiting', 'running', 'finished')"),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role in ('owner', 'researcher', 'analyst', 'annotator')", name=op.f("ck_membership_role")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_membership_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_membership_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "project_id", "account_id", "role", name=op.f("uq_membership_project_id_account_id_role")
        ),
    )
    op.create_index(op.f("ix_membership_account_id"), "membership", ["account_id"], unique=False)
    op.create_table(
        "name_judgement",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("name_a", sa.Text(), nullable=False),
        sa.Column("name_b", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("judged_by", sa.Uuid(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "relation in ('exact', 'subset', 'none')", name=op.f("ck_name_judgement_relation")
        ),
        sa.CheckConstraint("name_a <> name_b", name=op.f("ck_name_judgement_two_names")),
        sa.ForeignKeyConstraint(["judged_by"], ["account.id"], name=op.f("fk_name_judgement_judged_by")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_name_judgement_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("project_id", "pair", name=op.f("pk_name_judgement")),
    )
    op.create_index(op.f("ix_name_judgement_judged_by"), "name_judgement", ["judged_by"], unique=False)
    op.create_table(
        "pseudonym",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_pseudonym_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_pseudonym_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("project_id", "account_id", name=op.f("pk_pseudonym")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_pseudonym_project_id_number")),
    )
    op.create_index(op.f("ix_pseudonym_account_id"), "pseudonym", ["account_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_session_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_account_id"), "session", ["account_id"], unique=False)
    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_link_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_link")),
    )
    op.create_index(op.f("ix_sign_in_link_account_id"), "sign_in_link", ["account_id"], unique=False)
    op.create_table(
        "data_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("labels_source", sa.Text(), nullable=True),
        sa.Column("split_rule", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ignored_columns", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_data_set_job_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_data_set_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_set")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_data_set_project_id_name")),
    )
    op.create_index(op.f("ix_data_set_job_id"), "data_set", ["job_id"], unique=False)
    op.create_index("ix_data_set_project_id_id", "data_set", ["project_id", "id"], unique=False)
    op.create_table(
        "step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("chunk", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("lost_leases", sa.Integer(), nullable=False),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        sa.Column("leased_by", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'finished', 'failed', 'cancelled')", name=op.f("ck_step_state")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_step_job_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("job_id", "stage", "chunk", name=op.f("uq_step_job_id_stage_chunk")),
    )
    op.create_index(
        "ix_step_claimable",
        "step",
        ["queue", "id"],
        unique=False,
        postgresql_where=sa.text("state in ('waiting', 'running')"),
    )
    op.create_table(
        "classifier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("data_set_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("architecture", sa.Text(), nullable=False),
        sa.Column("weights", sa.Text(), nullable=False),
        sa.Column("preprocessing_given", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("preprocessing", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("predicted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["data_set_id"], ["data_set.id"], name=op.f("fk_classifier_data_set_id")),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_classifier_job_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_classifier_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classifier")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_classifier_project_id_name")),
    )
    op.create_index(op.f("ix_classifier_data_set_id"), "classifier", ["data_set_id"], unique=False)
    op.create_index(op.f("ix_classifier_job_id"), "classifier", ["job_id"], unique=False)
    op.create_index("ix_classifier_project_id_id", "classifier", ["project_id", "id"], unique=False)
    op.create_table(
        "image",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_set_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("thumbnail", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("fine_label", sa.Text(), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=True),
        sa.Column("split", sa.Text(), nullable=False),
        sa.Column("mask", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("split in ('train', 'test')", name=op.f("ck_image_split")),
        sa.ForeignKeyConstraint(
            ["data_set_id"], ["data_set.id"], name=op.f("fk_image_data_set_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image")),
        sa.UniqueConstraint("data_set_id", "picture", name=op.f("uq_image_data_set_id_picture")),
        sa.UniqueConstraint("data_set_id", "sha256", name=op.f("uq_image_data_set_id_sha256")),
    )
    op.create_index("ix_image_data_set_id_id", "image", ["data_set_id", "id"], unique=False)
    op.create_index("ix_image_data_set_id_label", "image", ["data_set_id", "label"], unique=False)
    op.create_table(
        "import_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_set_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind in ('unreadable', 'duplicate', 'ignored', 'remark')", name=op.f("ck_import_report_kind")
        ),
        sa.ForeignKeyConstraint(
            ["data_set_id"], ["data_set.id"], name=op.f("fk_import_report_data_set_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_report")),
        sa.UniqueConstraint("data_set_id", "file_name", name=op.f("uq_import_report_data_set_id_file_name")),
    )
    op.create_index("ix_import_report_data_set_id_id", "import_report", ["data_set_id", "id"], unique=False)
    op.create_table(
        "imported_file",
        sa.Column("data_set_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("thumbnail", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("fine_label", sa.Text(), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=True),
        sa.Column("split", sa.Text(), nullable=True),
        sa.Column("mask", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["data_set_id"], ["data_set.id"], name=op.f("fk_imported_file_data_set_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("data_set_id", "position", name=op.f("pk_imported_file")),
    )
    op.create_table(
        "class_name",
        sa.Column("classifier_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["classifier_id"], ["classifier.id"], name=op.f("fk_class_name_classifier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("classifier_id", "position", name=op.f("pk_class_name")),
    )
    op.create_table(
        "prediction",
        sa.Column("classifier_id", sa.Uuid(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("predicted", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("scores", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["classifier_id"], ["classifier.id"], name=op.f("fk_prediction_classifier_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_prediction_image_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("classifier_id", "image_id", name=op.f("pk_prediction")),
    )
    op.create_index(op.f("ix_prediction_image_id"), "prediction", ["image_id"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("classifier_id", sa.Uuid(), nullable=False),
        sa.Column("data_set_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("versions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("weights", sa.Text(), nullable=True),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("stop", sa.Text(), nullable=True),
        sa.Column("stops", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("map_height", sa.Integer(), nullable=True),
        sa.Column("map_width", sa.Integer(), nullable=True),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("variant", sa.Text(), nullable=True),
        sa.Column("variant_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("variant in ('plain', 'contrastive')", name=op.f("ck_run_variant")),
        sa.ForeignKeyConstraint(["classifier_id"], ["classifier.id"], name=op.f("fk_run_classifier_id")),
        sa.ForeignKeyConstraint(["data_set_id"], ["data_set.id"], name=op.f("fk_run_data_set_id")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_run_job_id")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_run_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index(op.f("ix_run_classifier_id"), "run", ["classifier_id"], unique=False)
    op.create_index(op.f("ix_run_data_set_id"), "run", ["data_set_id"], unique=False)
    op.create_index(op.f("ix_run_job_id"), "run", ["job_id"], unique=False)
    op.create_index("ix_run_project_id_id", "run", ["project_id", "id"], unique=False)
    op.create_table(
        "activation_map",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("class_position", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("x_feature", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("contribution", sa.Double(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("plain", sa.LargeBinary(), nullable=False),
        sa.Column("plain_scale", sa.Double(), nullable=False),
        sa.Column("plain_sum", sa.Double(), nullable=False),
        sa.Column("plain_lost", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("contrastive", sa.LargeBinary(), nullable=False),
        sa.Column("contrastive_scale", sa.Double(), nullable=False),
        sa.Column("contrastive_sum", sa.Double(), nullable=False),
        sa.Column("contrastive_lost", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pointing", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["image_id"], ["image.id"], name=op.f("fk_activation_map_image_id")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name=op.f("fk_activation_map_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activation_map")),
        sa.UniqueConstraint(
            "run_id",
            "class_position",
            "image_id",
            "x_feature",
            name=op.f("uq_activation_map_run_id_class_position_image_id_x_feature"),
        ),
    )
    op.create_index(op.f("ix_activation_map_image_id"), "activation_map", ["image_id"], unique=False)
    op.create_index(
        "ix_activation_map_run_id_class_position_place",
        "activation_map",
        ["run_id", "class_position", "place"],
        unique=False,
    )
    op.create_index(
        "ix_activation_map_run_id_image_id", "activation_map", ["run_id", "image_id"], unique=False
    )
    op.create_table(
        "explained_image",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.Column("class_position", sa.Integer(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("predicted", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("rebuilt_score", sa.Double(), nullable=True),
        sa.Column("contributions", postgresql.ARRAY(sa.Double()), nullable=False),
        sa.Column("significant", sa.Integer(), nullable=False),
        sa.Column("plain_cosine", sa.Double(), nullable=True),
        sa.Column("contrastive_cosine", sa.Double(), nullable=True),
        sa.Column("baselines", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["image_id"], ["image.id"], name=op.f("fk_explained_image_image_id")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name=op.f("fk_explained_image_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "image_id", name=op.f("pk_explained_image")),
    )
    op.create_index(op.f("ix_explained_image_image_id"), "explained_image", ["image_id"], unique=False)
    op.create_index(
        "ix_explained_image_run_id_class_position",
        "explained_image",
        ["run_id", "class_position"],
        unique=False,
    )
    op.create_table(
        "naming_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("class_notes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("annotator_instructions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_naming_round_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_naming_round_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_naming_round")),
    )
    op.create_index("ix_naming_round_project_id_id", "naming_round", ["project_id", "id"], unique=False)
    op.create_index(op.f("ix_naming_round_run_id"), "naming_round", ["run_id"], unique=False)
    op.create_table(
        "run_array",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("chunk", sa.Integer(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "name in ('features', 'xnns', 'content', 'likeness')", name=op.f("ck_run_array_name")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_array_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "name", "chunk", name=op.f("pk_run_array")),
    )
    op.create_table(
        "run_class",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_class_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_run_class")),
    )
    op.create_table(
        "sheet",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("class_position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False),
        sa.Column("tile", sa.Integer(), nullable=False),
        sa.Column("columns", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind in ('photographs', 'plain', 'contrastive')", name=op.f("ck_sheet_kind")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_sheet_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "class_position", "kind", "number", name=op.f("pk_sheet")),
    )
    op.create_table(
        "x_feature",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("class_position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.CheckConstraint("status in ('live', 'dead', 'negative')", name=op.f("ck_x_feature_status")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_x_feature_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "class_position", "number", name=op.f("pk_x_feature")),
    )
    op.create_table(
        "agreement_result",
        sa.Column("naming_round_id", sa.Uuid(), nullable=False),
        sa.Column("class_position", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("boards", sa.Text(), nullable=False),
        sa.Column("names", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("judgements", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("with_chance", sa.Boolean(), nullable=False),
        sa.Column("overview", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("places", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["naming_round_id"],
            ["naming_round.id"],
            name=op.f("fk_agreement_result_naming_round_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "naming_round_id", "class_position", "basis", name=op.f("pk_agreement_result")
        ),
    )
    op.create_table(
        "board",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("naming_round_id", sa.Uuid(), nullable=True),
        sa.Column("practice_of", sa.Uuid(), nullable=True),
        sa.Column("class_position", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("named", sa.Integer(), nullable=False),
        sa.Column("discarded", sa.Integer(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(naming_round_id is null) <> (practice_of is null)", name=op.f("ck_board_counted_or_practice")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_board_account_id")),
        sa.ForeignKeyConstraint(
            ["naming_round_id"],
            ["naming_round.id"],
            name=op.f("fk_board_naming_round_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["practice_of"], ["naming_round.id"], name=op.f("fk_board_practice_of"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board")),
        sa.UniqueConstraint(
            "naming_round_id",
            "class_position",
            "account_id",
            name=op.f("uq_board_naming_round_id_class_position_account_id"),
        ),
        sa.UniqueConstraint("practice_of", "account_id", name=op.f("uq_board_practice_of_account_id")),
    )
    op.create_index(op.f("ix_board_account_id"), "board", ["account_id"], unique=False)
    op.create_table(
        "board_command",
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("change", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("concerns", sa.Uuid(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_board_command_author_id")),
        sa.ForeignKeyConstraint(
            ["board_id"], ["board.id"], name=op.f("fk_board_command_board_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("board_id", "version", name=op.f("pk_board_command")),
        sa.UniqueConstraint(
            "board_id", "client_id", "sequence", name=op.f("uq_board_command_board_id_client_id_sequence")
        ),
        sa.UniqueConstraint("board_id", "command_id", name=op.f("uq_board_command_board_id_command_id")),
    )
    op.create_index(op.f("ix_board_command_author_id"), "board_command", ["author_id"], unique=False)
    op.create_table(
        "board_item",
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("map_id", sa.Uuid(), nullable=False),
        sa.Column("image_number", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Uuid(), nullable=True),
        sa.Column("discarded", sa.Boolean(), nullable=False),
        sa.Column("not_sure", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "not (discarded and concept_id is not null)", name=op.f("ck_board_item_one_place")
        ),
        sa.ForeignKeyConstraint(
            ["board_id"], ["board.id"], name=op.f("fk_board_item_board_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["map_id"], ["activation_map.id"], name=op.f("fk_board_item_map_id")),
        sa.PrimaryKeyConstraint("board_id", "position", name=op.f("pk_board_item")),
        sa.UniqueConstraint("board_id", "map_id", name=op.f("uq_board_item_board_id_map_id")),
        postgresql_with={"fillfactor": 50},
    )
    op.create_index(op.f("ix_board_item_map_id"), "board_item", ["map_id"], unique=False)
    op.create_table(
        "concept",
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["board.id"], name=op.f("fk_concept_board_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("board_id", "id", name=op.f("pk_concept")),
    )


def downgrade() -> None:
    op.drop_table("concept")
    op.drop_index(op.f("ix_board_item_map_id"), table_name="board_item")
    op.drop_table("board_item")
    op.drop_index(op.f("ix_board_command_author_id"), table_name="board_command")
    op.drop_table("board_command")
    op.drop_index(op.f("ix_board_account_id"), table_name="board")
    op.drop_table("board")
    op.drop_table("agreement_result")
    op.drop_table("x_feature")
    op.drop_table("sheet")
    op.drop_table("run_class")
    op.drop_table("run_array")
    op.drop_index(op.f("ix_naming_round_run_id"), table_name="naming_round")
    op.drop_index("ix_naming_round_project_id_id", table_name="naming_round")
    op.drop_table("naming_round")
    op.drop_index("ix_explained_image_run_id_class_position", table_name="explained_image")
    op.drop_index(op.f("ix_explained_image_image_id"), table_name="explained_image")
    op.drop_table("explained_image")
    op.drop_index("ix_activation_map_run_id_image_id", table_name="activation_map")
    op.drop_index("ix_activation_map_run_id_class_position_place", table_name="activation_map")
    op.drop_index(op.f("ix_activation_map_image_id"), table_name="activation_map")
    op.drop_table("activation_map")
    op.drop_index("ix_run_project_id_id", table_name="run")
    op.drop_index(op.f("ix_run_job_id"), table_name="run")
    op.drop_index(op.f("ix_run_data_set_id"), table_name="run")
    op.drop_index(op.f("ix_run_classifier_id"), table_name="run")
    op.drop_table("run")
    op.drop_index(op.f("ix_prediction_image_id"), table_name="prediction")
    op.drop_table("prediction")
    op.drop_table("class_name")
    op.drop_table("imported_file")
    op.drop_index("ix_import_report_data_set_id_id", table_name="import_report")
    op.drop_table("import_report")
    op.drop_index("ix_image_data_set_id_label", table_name="image")
    op.drop_index("ix_image_data_set_id_id", table_name="image")
    op.drop_table("image")
    op.drop_index("ix_classifier_project_id_id", table_name="classifier")
    op.drop_index(op.f("ix_classifier_job_id"), table_name="classifier")
    op.drop_index(op.f("ix_classifier_data_set_id"), table_name="classifier")
    op.drop_table("classifier")
    op.drop_index(
        "ix_step_claimable", table_name="step", postgresql_where=sa.text("state in ('waiting', 'running')")
    )
    op.drop_table("step")
    op.drop_index("ix_data_set_project_id_id", table_name="data_set")
    op.drop_index(op.f("ix_data_set_job_id"), table_name="data_set")
    op.drop_table("data_set")
    op.drop_index(op.f("ix_sign_in_link_account_id"), table_name="sign_in_link")
    op.drop_table("sign_in_link")
    op.drop_index(op.f("ix_session_account_id"), table_name="session")
    op.drop_table("session")
    op.drop_index(op.f("ix_pseudonym_account_id"), table_name="pseudonym")
    op.drop_table("pseudonym")
    op.drop_index(op.f("ix_name_judgement_judged_by"), table_name="name_judgement")
    op.drop_table("name_judgement")
    op.drop_index(op.f("ix_membership_account_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(
        "uq_job_same",
        table_name="job",
        postgresql_where=sa.text("state in ('waiting', 'running', 'finished')"),
    )
    op.drop_index(op.f("ix_job_state"), table_name="job")
    op.drop_index("ix_job_project_id_id", table_name="job")
    op.drop_index(op.f("ix_job_asked_by"), table_name="job")
    op.drop_table("job")
    op.drop_index(op.f("ix_invitation_used_by"), table_name="invitation")
    op.drop_index(op.f("ix_invitation_project_id"), table_name="invitation")
    op.drop_index(op.f("ix_invitation_invited_by"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_idempotency_key_created_at"), table_name="idempotency_key")
    op.drop_table("idempotency_key")
    op.drop_index(op.f("ix_worker_seen_at"), table_name="worker")
    op.drop_table("worker")
    op.drop_table("project")
    op.drop_table("outbox")
    op.drop_table("account")
