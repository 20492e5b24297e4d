using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace FlowEngine.Server.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "agent",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<int>(type: "integer", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    culture = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "text", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<long>(type: "bigint", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agent", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "bookmark",
                columns: table => new
                {
                    instance_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bookmark_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    correlation_id = table.Column<string>(type: "text", nullable: true),
                    due_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bookmark", x => new { x.instance_id, x.bookmark_id });
                });

            migrationBuilder.CreateTable(
                name: "connection",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    flow = table.Column<string>(type: "text", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    phone_number_id = table.Column<string>(type: "text", nullable: true),
                    business_account_id = table.Column<string>(type: "text", nullable: true),
                    graph_base_url = table.Column<string>(type: "text", nullable: false),
                    graph_version = table.Column<string>(type: "text", nullable: false),
                    echo_takes_over = table.Column<bool>(type: "boolean", nullable: false),
                    escape_words = table.Column<string>(type: "text", nullable: true),
                    automation = table.Column<string>(type: "text", nullable: true),
                    automation_takes_flows = table.Column<bool>(type: "boolean", nullable: false),
                    automation_takes_queues = table.Column<bool>(type: "boolean", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    access_token = table.Column<byte[]>(type: "bytea", nullable: true),
                    app_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    verify_token = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connection", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "contact",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: true),
                    phone = table.Column<string>(type: "text", nullable: true),
                    wa_id = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<string>(type: "text", nullable: true),
                    opted_out = table.Column<bool>(type: "boolean", nullable: false),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_key",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "definition",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    definition_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: true),
                    json = table.Column<byte[]>(type: "bytea", nullable: false),
                    is_latest = table.Column<bool>(type: "boolean", nullable: false),
                    is_published = table.Column<bool>(type: "boolean", nullable: false),
                    source_hash = table.Column<string>(type: "text", nullable: true),
                    source_file = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_definition", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "department",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    overflow = table.Column<string>(type: "text", nullable: true),
                    hours = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_department", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "external_task",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    instance_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bookmark_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    payload = table.Column<byte[]>(type: "bytea", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    taken_by = table.Column<string>(type: "text", nullable: true),
                    taken_until = table.Column<long>(type: "bigint", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    deadline = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_external_task", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "history",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    actor_kind = table.Column<int>(type: "integer", nullable: false),
                    actor_id = table.Column<string>(type: "text", nullable: true),
                    actor_name = table.Column<string>(type: "text", nullable: false),
                    from_owner_kind = table.Column<int>(type: "integer", nullable: false),
                    from_owner_id = table.Column<string>(type: "text", nullable: true),
                    from_owner_name = table.Column<string>(type: "text", nullable: true),
                    to_owner_kind = table.Column<int>(type: "integer", nullable: false),
                    to_owner_id = table.Column<string>(type: "text", nullable: true),
                    to_owner_name = table.Column<string>(type: "text", nullable: true),
                    tab_from = table.Column<int>(type: "integer", nullable: false),
                    tab_to = table.Column<int>(type: "integer", nullable: false),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    cause = table.Column<string>(type: "text", nullable: true),
                    data = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_history", x => new { x.conversation_id, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "hook_delivery",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hook = table.Column<int>(type: "integer", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<long>(type: "bigint", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hook_delivery", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "hook_pump",
                columns: table => new
                {
                    hook = table.Column<int>(type: "integer", nullable: false),
                    node = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hook_pump", x => x.hook);
                });

            migrationBuilder.CreateTable(
                name: "incident",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    instance_id = table.Column<Guid>(type: "uuid", nullable: true),
                    activity_id = table.Column<string>(type: "text", nullable: true),
                    activity_instance_id = table.Column<string>(type: "text", nullable: true),
                    message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: true),
                    blocking = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    closed_at = table.Column<long>(type: "bigint", nullable: true),
                    closed_by = table.Column<string>(type: "text", nullable: true),
                    closed_how = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incident", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "instance",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    definition_id = table.Column<string>(type: "text", nullable: false),
                    version_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<int>(type: "integer", nullable: false),
                    sub_status = table.Column<int>(type: "integer", nullable: false),
                    correlation_id = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true),
                    incident_count = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    state = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_instance", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "journal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    instance_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    json = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "label",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    color = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_label", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "mailbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    lease_node = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_event",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    dedupe_key = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<byte[]>(type: "bytea", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    ref_connection = table.Column<string>(type: "text", nullable: true),
                    ref_provider_id = table.Column<string>(type: "text", nullable: true),
                    received_at = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    result = table.Column<string>(type: "text", nullable: true),
                    done_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailbox_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "model_use",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    episode = table.Column<int>(type: "integer", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    model = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    calls = table.Column<int>(type: "integer", nullable: false),
                    input_tokens = table.Column<int>(type: "integer", nullable: false),
                    output_tokens = table.Column<int>(type: "integer", nullable: false),
                    cost_micros = table.Column<long>(type: "bigint", nullable: false),
                    milliseconds = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_use", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "node",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    seen_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_node", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "setting",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_setting", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "staff_version",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_version", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "template",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    parameter_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_template", x => new { x.name, x.language });
                });

            migrationBuilder.CreateTable(
                name: "agent_claim",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agent_claim", x => x.id);
                    table.ForeignKey(
                        name: "fk_agent_claim_agent_user_id",
                        column: x => x.user_id,
                        principalTable: "agent",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "agent_login",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    provider_key = table.Column<string>(type: "text", nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agent_login", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_agent_login_agent_user_id",
                        column: x => x.user_id,
                        principalTable: "agent",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "agent_token",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agent_token", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_agent_token_agent_user_id",
                        column: x => x.user_id,
                        principalTable: "agent",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "contact_alias",
                columns: table => new
                {
                    portfolio = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_alias", x => new { x.portfolio, x.kind, x.value });
                    table.ForeignKey(
                        name: "fk_contact_alias_contact_contact_id",
                        column: x => x.contact_id,
                        principalTable: "contact",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    connection = table.Column<string>(type: "text", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    lifecycle = table.Column<int>(type: "integer", nullable: false),
                    episode = table.Column<int>(type: "integer", nullable: false),
                    owner_kind = table.Column<int>(type: "integer", nullable: false),
                    owner_id = table.Column<string>(type: "text", nullable: true),
                    owner_name = table.Column<string>(type: "text", nullable: true),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    stage = table.Column<int>(type: "integer", nullable: false),
                    responsible_id = table.Column<Guid>(type: "uuid", nullable: true),
                    responsible_name = table.Column<string>(type: "text", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    lead_wrote = table.Column<bool>(type: "boolean", nullable: false),
                    automation_wrote = table.Column<bool>(type: "boolean", nullable: false),
                    unanswered_since = table.Column<long>(type: "bigint", nullable: true),
                    human_wait_since = table.Column<long>(type: "bigint", nullable: true),
                    window_until = table.Column<long>(type: "bigint", nullable: true),
                    flow_instance = table.Column<Guid>(type: "uuid", nullable: true),
                    problems = table.Column<string>(type: "text", nullable: false),
                    blocking_problems = table.Column<int>(type: "integer", nullable: false),
                    problem_category = table.Column<string>(type: "text", nullable: true),
                    fields = table.Column<string>(type: "jsonb", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    unread = table.Column<int>(type: "integer", nullable: false),
                    next_order = table.Column<long>(type: "bigint", nullable: false),
                    preview = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    last_activity_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    finished_by = table.Column<string>(type: "text", nullable: true),
                    finish_reason = table.Column<string>(type: "text", nullable: true),
                    tab = table.Column<int>(type: "integer", nullable: false, computedColumnSql: "CASE WHEN lifecycle = 1 THEN 4\n     WHEN blocking_problems > 0 THEN 5\n     WHEN stage = 2 THEN 2\n     WHEN stage = 1 THEN 1\n     WHEN owner_kind IN (1, 5) THEN 3\n     WHEN lead_wrote THEN 1\n     WHEN automation_wrote THEN 3\n     ELSE 0 END", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation", x => x.id);
                    table.ForeignKey(
                        name: "fk_conversation_contacts_contact_id",
                        column: x => x.contact_id,
                        principalTable: "contact",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "department_member",
                columns: table => new
                {
                    department_key = table.Column<string>(type: "text", nullable: false),
                    agent_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_department_member", x => new { x.department_key, x.agent_id });
                    table.ForeignKey(
                        name: "fk_department_member_agent_agent_id",
                        column: x => x.agent_id,
                        principalTable: "agent",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_department_member_department_department_key",
                        column: x => x.department_key,
                        principalTable: "department",
                        principalColumn: "key",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation_label",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    label = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_label", x => new { x.conversation_id, x.label });
                    table.ForeignKey(
                        name: "fk_conversation_label_conversation_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "conversation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "episode",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    finished_by = table.Column<string>(type: "text", nullable: true),
                    finish_reason = table.Column<string>(type: "text", nullable: true),
                    responsible_id = table.Column<Guid>(type: "uuid", nullable: true),
                    responsible_name = table.Column<string>(type: "text", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_episode", x => new { x.conversation_id, x.number });
                    table.ForeignKey(
                        name: "fk_episode_conversation_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "conversation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    episode = table.Column<int>(type: "integer", nullable: false),
                    order_number = table.Column<long>(type: "bigint", nullable: false),
                    direction = table.Column<int>(type: "integer", nullable: false),
                    author = table.Column<int>(type: "integer", nullable: false),
                    author_id = table.Column<string>(type: "text", nullable: true),
                    author_name = table.Column<string>(type: "text", nullable: true),
                    content = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    provider_id = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    last_words = table.Column<bool>(type: "boolean", nullable: false),
                    intervention = table.Column<bool>(type: "boolean", nullable: false),
                    instance_id = table.Column<Guid>(type: "uuid", nullable: true),
                    activity_id = table.Column<string>(type: "text", nullable: true),
                    when_unknown = table.Column<int>(type: "integer", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    deadline = table.Column<long>(type: "bigint", nullable: true),
                    wake_at = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    settled_at = table.Column<long>(type: "bigint", nullable: true),
                    owed = table.Column<bool>(type: "boolean", nullable: false, computedColumnSql: "state IN (1, 2, 3, 4)", stored: true)
                },
                constraints: table =>
                {
                    // No foreign key to the conversation: only the turn store inserts messages, under the lock of their conversation, and the
                    // check would lock the conversation's row once more for each of them.
                    table.PrimaryKey("pk_message", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_agent_email",
                table: "agent",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "ix_agent_user_name",
                table: "agent",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agent_claim_user_id",
                table: "agent_claim",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_agent_login_user_id",
                table: "agent_login",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_bookmark_due",
                table: "bookmark",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_bookmark_hash",
                table: "bookmark",
                column: "hash");

            migrationBuilder.CreateIndex(
                name: "ix_connection_phone_number_id",
                table: "connection",
                column: "phone_number_id",
                filter: "phone_number_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contact_alias_contact_id",
                table: "contact_alias",
                column: "contact_id");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_app",
                table: "conversation",
                column: "unanswered_since",
                filter: "owner_kind = 5");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_contact_id_connection",
                table: "conversation",
                columns: new[] { "contact_id", "connection" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tab_last_activity_at",
                table: "conversation",
                columns: new[] { "tab", "last_activity_at" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_label_label",
                table: "conversation_label",
                column: "label");

            migrationBuilder.CreateIndex(
                name: "ix_definition_definition_id_version",
                table: "definition",
                columns: new[] { "definition_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_definition_latest",
                table: "definition",
                column: "definition_id",
                unique: true,
                filter: "is_latest");

            migrationBuilder.CreateIndex(
                name: "ix_definition_published",
                table: "definition",
                column: "definition_id",
                unique: true,
                filter: "is_published");

            migrationBuilder.CreateIndex(
                name: "ix_definition_source_file",
                table: "definition",
                column: "source_file",
                filter: "source_file IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_department_member_agent_id",
                table: "department_member",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "ix_episode_finished_at",
                table: "episode",
                column: "finished_at",
                filter: "finished_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_external_task_instance_id_bookmark_id",
                table: "external_task",
                columns: new[] { "instance_id", "bookmark_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_external_task_open",
                table: "external_task",
                columns: new[] { "created_at", "id" },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_hook_delivery_owed",
                table: "hook_delivery",
                columns: new[] { "hook", "seq" },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_incident_conversation_id",
                table: "incident",
                column: "conversation_id",
                filter: "conversation_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_incident_instance_id",
                table: "incident",
                column: "instance_id",
                filter: "instance_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_incident_open",
                table: "incident",
                columns: new[] { "category", "at" },
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_instance_conversation_id",
                table: "instance",
                column: "conversation_id",
                filter: "conversation_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_instance_created_at",
                table: "instance",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_instance_definition_id_status",
                table: "instance",
                columns: new[] { "definition_id", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_journal_instance_id_at",
                table: "journal",
                columns: new[] { "instance_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_mailbox_event_dedupe_key",
                table: "mailbox_event",
                column: "dedupe_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_mailbox_event_orphan",
                table: "mailbox_event",
                columns: new[] { "ref_provider_id", "ref_connection" },
                filter: "mailbox_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mailbox_event_pending",
                table: "mailbox_event",
                columns: new[] { "mailbox_id", "seq" },
                filter: "state = 0 AND mailbox_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_message_conversation_id_order_number",
                table: "message",
                columns: new[] { "conversation_id", "order_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_message_provider_id",
                table: "message",
                column: "provider_id",
                filter: "provider_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_message_unsettled",
                table: "message",
                column: "conversation_id",
                filter: "owed");

            migrationBuilder.CreateIndex(
                name: "ix_message_wake",
                table: "message",
                column: "wake_at",
                filter: "owed AND wake_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_model_use_at",
                table: "model_use",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_model_use_conversation_id",
                table: "model_use",
                column: "conversation_id");

            // Room for updates within the page, without which they write every index anew.
            migrationBuilder.Sql(
                """
                ALTER TABLE mailbox SET (fillfactor = 70);
                ALTER TABLE message SET (fillfactor = 75);
                ALTER TABLE instance SET (fillfactor = 50);
                ALTER TABLE node SET (fillfactor = 20);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agent_claim");

            migrationBuilder.DropTable(
                name: "agent_login");

            migrationBuilder.DropTable(
                name: "agent_token");

            migrationBuilder.DropTable(
                name: "bookmark");

            migrationBuilder.DropTable(
                name: "connection");

            migrationBuilder.DropTable(
                name: "contact_alias");

            migrationBuilder.DropTable(
                name: "conversation_label");

            migrationBuilder.DropTable(
                name: "data_protection_key");

            migrationBuilder.DropTable(
                name: "definition");

            migrationBuilder.DropTable(
                name: "department_member");

            migrationBuilder.DropTable(
                name: "episode");

            migrationBuilder.DropTable(
                name: "external_task");

            migrationBuilder.DropTable(
                name: "history");

            migrationBuilder.DropTable(
                name: "hook_delivery");

            migrationBuilder.DropTable(
                name: "hook_pump");

            migrationBuilder.DropTable(
                name: "incident");

            migrationBuilder.DropTable(
                name: "instance");

            migrationBuilder.DropTable(
                name: "journal");

            migrationBuilder.DropTable(
                name: "label");

            migrationBuilder.DropTable(
                name: "mailbox");

            migrationBuilder.DropTable(
                name: "mailbox_event");

            migrationBuilder.DropTable(
                name: "message");

            migrationBuilder.DropTable(
                name: "model_use");

            migrationBuilder.DropTable(
                name: "node");

            migrationBuilder.DropTable(
                name: "setting");

            migrationBuilder.DropTable(
                name: "staff_version");

            migrationBuilder.DropTable(
                name: "template");

            migrationBuilder.DropTable(
                name: "agent");

            migrationBuilder.DropTable(
                name: "department");

            migrationBuilder.DropTable(
                name: "conversation");

            migrationBuilder.DropTable(
                name: "contact");
        }
    }
}
