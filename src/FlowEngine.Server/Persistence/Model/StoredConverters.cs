using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace FlowEngine.Server.Persistence.Model;

/// <summary>Ids as BLOB(16), for databases without a type of their own for them.</summary>
public sealed class IdConverter() : ValueConverter<Guid, byte[]>(id => Stored.Id(id), bytes => Stored.Id(bytes));

/// <summary>Instants as bigint microseconds.</summary>
public sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(at => Stored.Instant(at), micros => Stored.Instant(micros));

/// <summary>An immutable value as JSON text, by generated code; the same text that the turn store writes.</summary>
public sealed class JsonColumn<T>(JsonTypeInfo<T> type)
    : ValueConverter<T, string>(value => JsonSerializer.Serialize(value, type), json => JsonSerializer.Deserialize(json, type)!);

/// <summary>Immutable values are the same when they are the same object: EF never changes what these columns hold.</summary>
public sealed class SameObject<T>() : ValueComparer<T>((a, b) => object.Equals(a, b), value => value == null ? 0 : value.GetHashCode(), value => value);
