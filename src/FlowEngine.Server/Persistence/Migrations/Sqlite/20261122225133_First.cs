using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FlowEngine.Server.Persistence.Migrations.Sqlite
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
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<int>(type: "INTEGER", nullable: false),
                    active = table.Column<bool>(type: "INTEGER", nullable: false),
                    culture = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    lockout_end = table.Column<long>(type: "INTEGER", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agent", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "bookmark",
                columns: table => new
                {
                    instance_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    bookmark_id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    mailbox_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    correlation_id = table.Column<string>(type: "TEXT", nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bookmark", x => new { x.instance_id, x.bookmark_id });
                });

            migrationBuilder.CreateTable(
                name: "connection",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    flow = table.Column<string>(type: "TEXT", nullable: true),
                    department = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number_id = table.Column<string>(type: "TEXT", nullable: true),
                    business_account_id = table.Column<string>(type: "TEXT", nullable: true),
                    graph_base_url = table.Column<string>(type: "TEXT", nullable: false),
                    graph_version = table.Column<string>(type: "TEXT", nullable: false),
                    echo_takes_over = table.Column<bool>(type: "INTEGER", nullable: false),
                    escape_words = table.Column<string>(type: "TEXT", nullable: true),
                    active = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_token = table.Column<byte[]>(type: "BLOB", nullable: true),
                    app_secret = table.Column<byte[]>(type: "BLOB", nullable: true),
                    verify_token = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connection", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "contact",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    phone = table.Column<string>(type: "TEXT", nullable: true),
                    wa_id = table.Column<string>(type: "TEXT", nullable: true),
                    user_id = table.Column<string>(type: "TEXT", nullable: true),
                    opted_out = table.Column<bool>(type: "INTEGER", nullable: false),
                    merged_into = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_key",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    friendly_name = table.Column<string>(type: "TEXT", nullable: true),
                    xml = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "definition",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    definition_id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    json = table.Column<byte[]>(type: "BLOB", nullable: false),
                    is_latest = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_published = table.Column<bool>(type: "INTEGER", nullable: false),
                    source_hash = table.Column<string>(type: "TEXT", nullable: true),
                    source_file = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_definition", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "department",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    active = table.Column<bool>(type: "INTEGER", nullable: false),
                    overflow = table.Column<string>(type: "TEXT", nullable: true),
                    hours = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_department", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "history",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    actor_kind = table.Column<int>(type: "INTEGER", nullable: false),
                    actor_id = table.Column<string>(type: "TEXT", nullable: true),
                    actor_name = table.Column<string>(type: "TEXT", nullable: false),
                    from_owner_kind = table.Column<int>(type: "INTEGER", nullable: false),
                    from_owner_id = table.Column<string>(type: "TEXT", nullable: true),
                    from_owner_name = table.Column<string>(type: "TEXT", nullable: true),
                    to_owner_kind = table.Column<int>(type: "INTEGER", nullable: false),
                    to_owner_id = table.Column<string>(type: "TEXT", nullable: true),
                    to_owner_name = table.Column<string>(type: "TEXT", nullable: true),
                    tab_from = table.Column<int>(type: "INTEGER", nullable: false),
                    tab_to = table.Column<int>(type: "INTEGER", nullable: false),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    cause = table.Column<string>(type: "TEXT", nullable: true),
                    data = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_history", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "hook_delivery",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hook = table.Column<int>(type: "INTEGER", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hook_delivery", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "incident",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    instance_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    activity_id = table.Column<string>(type: "TEXT", nullable: true),
                    activity_instance_id = table.Column<string>(type: "TEXT", nullable: true),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    message = table.Column<string>(type: "TEXT", nullable: false),
                    evidence = table.Column<string>(type: "TEXT", nullable: true),
                    blocking = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_by = table.Column<string>(type: "TEXT", nullable: true),
                    closed_how = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_incident", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "instance",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    definition_id = table.Column<string>(type: "TEXT", nullable: false),
                    version_id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    sub_status = table.Column<int>(type: "INTEGER", nullable: false),
                    correlation_id = table.Column<string>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    incident_count = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_instance", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "journal",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    instance_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    json = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "label",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    color = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_label", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "mailbox",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_node = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_event",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    mailbox_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    dedupe_key = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ref_connection = table.Column<string>(type: "TEXT", nullable: true),
                    ref_provider_id = table.Column<string>(type: "TEXT", nullable: true),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    result = table.Column<string>(type: "TEXT", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailbox_event", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "setting",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_setting", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "template",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    parameter_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_template", x => new { x.name, x.language });
                });

            migrationBuilder.CreateTable(
                name: "agent_claim",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    user_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    claim_type = table.Column<string>(type: "TEXT", nullable: true),
                    claim_value = table.Column<string>(type: "TEXT", nullable: true)
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
                    login_provider = table.Column<string>(type: "TEXT", nullable: false),
                    provider_key = table.Column<string>(type: "TEXT", nullable: false),
                    provider_display_name = table.Column<string>(type: "TEXT", nullable: true),
                    user_id = table.Column<byte[]>(type: "BLOB", nullable: false)
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
                    user_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    login_provider = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: true)
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
                    portfolio = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: false)
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
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    connection = table.Column<string>(type: "TEXT", nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    lifecycle = table.Column<int>(type: "INTEGER", nullable: false),
                    episode = table.Column<int>(type: "INTEGER", nullable: false),
                    owner_kind = table.Column<int>(type: "INTEGER", nullable: false),
                    owner_id = table.Column<string>(type: "TEXT", nullable: true),
                    owner_name = table.Column<string>(type: "TEXT", nullable: true),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    stage = table.Column<int>(type: "INTEGER", nullable: false),
                    responsible_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    responsible_name = table.Column<string>(type: "TEXT", nullable: true),
                    department = table.Column<string>(type: "TEXT", nullable: true),
                    lead_wrote = table.Column<bool>(type: "INTEGER", nullable: false),
                    automation_wrote = table.Column<bool>(type: "INTEGER", nullable: false),
                    unanswered_since = table.Column<long>(type: "INTEGER", nullable: true),
                    human_wait_since = table.Column<long>(type: "INTEGER", nullable: true),
                    window_until = table.Column<long>(type: "INTEGER", nullable: true),
                    flow_instance = table.Column<byte[]>(type: "BLOB", nullable: true),
                    problems = table.Column<string>(type: "TEXT", nullable: false),
                    blocking_problems = table.Column<int>(type: "INTEGER", nullable: false),
                    problem_category = table.Column<string>(type: "TEXT", nullable: true),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    unread = table.Column<int>(type: "INTEGER", nullable: false),
                    next_order = table.Column<long>(type: "INTEGER", nullable: false),
                    preview = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_activity_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_by = table.Column<string>(type: "TEXT", nullable: true),
                    finish_reason = table.Column<string>(type: "TEXT", nullable: true),
                    tab = table.Column<int>(type: "INTEGER", nullable: false, computedColumnSql: "CASE WHEN lifecycle = 1 THEN 4\n     WHEN blocking_problems > 0 THEN 5\n     WHEN stage = 2 THEN 2\n     WHEN stage = 1 THEN 1\n     WHEN owner_kind IN (1, 5) THEN 3\n     WHEN lead_wrote THEN 1\n     WHEN automation_wrote THEN 3\n     ELSE 0 END", stored: true)
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
                    department_key = table.Column<string>(type: "TEXT", nullable: false),
                    agent_id = table.Column<byte[]>(type: "BLOB", nullable: false)
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
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    label = table.Column<string>(type: "TEXT", nullable: false)
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
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_by = table.Column<string>(type: "TEXT", nullable: true),
                    finish_reason = table.Column<string>(type: "TEXT", nullable: true),
                    responsible_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    responsible_name = table.Column<string>(type: "TEXT", nullable: true),
                    department = table.Column<string>(type: "TEXT", nullable: true)
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
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    episode = table.Column<int>(type: "INTEGER", nullable: false),
                    order_number = table.Column<long>(type: "INTEGER", nullable: false),
                    direction = table.Column<int>(type: "INTEGER", nullable: false),
                    author = table.Column<int>(type: "INTEGER", nullable: false),
                    author_id = table.Column<string>(type: "TEXT", nullable: true),
                    author_name = table.Column<string>(type: "TEXT", nullable: true),
                    content = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    last_words = table.Column<bool>(type: "INTEGER", nullable: false),
                    intervention = table.Column<bool>(type: "INTEGER", nullable: false),
                    instance_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    activity_id = table.Column<string>(type: "TEXT", nullable: true),
                    when_unknown = table.Column<int>(type: "INTEGER", nullable: false),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    deadline = table.Column<long>(type: "INTEGER", nullable: true),
                    wake_at = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    settled_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message", x => x.id);
                    table.ForeignKey(
                        name: "fk_message_conversation_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "conversation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
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
                name: "ix_conversation_connection_contact_id",
                table: "conversation",
                columns: new[] { "connection", "contact_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_contact_id",
                table: "conversation",
                column: "contact_id");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_department_tab",
                table: "conversation",
                columns: new[] { "department", "tab" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_flow_instance",
                table: "conversation",
                column: "flow_instance",
                filter: "flow_instance IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_responsible_id_tab",
                table: "conversation",
                columns: new[] { "responsible_id", "tab" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tab_human_wait_since",
                table: "conversation",
                columns: new[] { "tab", "human_wait_since" });

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
                name: "ix_history_conversation_id_seq",
                table: "history",
                columns: new[] { "conversation_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_hook_delivery_id",
                table: "hook_delivery",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_hook_delivery_owed",
                table: "hook_delivery",
                columns: new[] { "hook", "conversation_id", "seq" },
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
                name: "ix_mailbox_event_id",
                table: "mailbox_event",
                column: "id",
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
                filter: "state IN (1, 2, 3, 4)");

            migrationBuilder.CreateIndex(
                name: "ix_message_wake",
                table: "message",
                column: "wake_at",
                filter: "wake_at IS NOT NULL AND state IN (1, 2, 3, 4)");
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
                name: "history");

            migrationBuilder.DropTable(
                name: "hook_delivery");

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
                name: "setting");

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
