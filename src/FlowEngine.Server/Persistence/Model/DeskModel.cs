using FlowEngine.Server.Persistence.Rows;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FlowEngine.Server.Persistence.Model;

/// <summary>Tables of people and of what administrators set up.</summary>
internal static class DeskModel
{
    public static void Configure(ModelBuilder model)
    {
        ConfigureAgents(model);
        ConfigureContacts(model);
        model.Entity<StoredDepartment>(department =>
        {
            department.ToTable("department").HasKey(d => d.Key);
            department.HasMany(d => d.Members).WithOne().HasForeignKey(m => m.DepartmentKey);
        });
        model.Entity<StoredDepartmentMember>(member =>
        {
            member.ToTable("department_member").HasKey(m => new { m.DepartmentKey, m.AgentId });
            member.HasOne<AgentUser>().WithMany().HasForeignKey(m => m.AgentId);
        });
        model.Entity<StoredLabel>().ToTable("label").HasKey(l => l.Name);
        model.Entity<StoredConnection>(connection =>
        {
            connection.ToTable("connection").HasKey(c => c.Key);
            connection.HasIndex(c => c.PhoneNumberId).HasFilter("phone_number_id IS NOT NULL");
        });
        model.Entity<StoredTemplate>().ToTable("template").HasKey(t => new { t.Name, t.Language });
        model.Entity<StoredSetting>().ToTable("setting").HasKey(s => s.Key);
        model.Entity<Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.DataProtectionKey>().ToTable("data_protection_key");
    }

    private static void ConfigureAgents(ModelBuilder model)
    {
        model.Entity<AgentUser>(agent =>
        {
            agent.ToTable("agent");
            agent.HasIndex(a => a.NormalizedUserName).IsUnique().HasDatabaseName("ix_agent_user_name");
            agent.HasIndex(a => a.NormalizedEmail).HasDatabaseName("ix_agent_email");
        });
        model.Entity<IdentityUserClaim<Guid>>().ToTable("agent_claim");
        model.Entity<IdentityUserLogin<Guid>>().ToTable("agent_login");
        model.Entity<IdentityUserToken<Guid>>().ToTable("agent_token");
    }

    private static void ConfigureContacts(ModelBuilder model)
    {
        model.Entity<StoredContact>(contact =>
        {
            contact.ToTable("contact").HasKey(c => c.Id);
            contact.HasMany(c => c.Aliases).WithOne().HasForeignKey(a => a.ContactId);
        });
        model.Entity<StoredContactAlias>(alias =>
        {
            alias.ToTable("contact_alias").HasKey(a => new { a.Portfolio, a.Kind, a.Value });
            alias.HasIndex(a => a.ContactId);
        });
    }
}
