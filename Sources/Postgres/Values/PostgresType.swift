/// A type of the server: its number, its array's number and its name.
///
/// The numbers are those of `pg_type.dat`, which never change between releases.
public struct PostgresType: Sendable, Hashable {
    public typealias ID = UInt32

    public let id: ID
    /// The type of an array of these; 0 where there is none.
    public let arrayID: ID
    public let name: String

    public init(id: ID, arrayID: ID, name: String) {
        self.id = id
        self.arrayID = arrayID
        self.name = name
    }

    /// The type of an array of this type.
    public var array: PostgresType {
        PostgresType(id: arrayID, arrayID: 0, name: "\(name)[]")
    }

    public static let bool = PostgresType(id: 16, arrayID: 1000, name: "boolean")
    public static let bytea = PostgresType(id: 17, arrayID: 1001, name: "bytea")
    public static let int8 = PostgresType(id: 20, arrayID: 1016, name: "bigint")
    public static let int2 = PostgresType(id: 21, arrayID: 1005, name: "smallint")
    public static let int4 = PostgresType(id: 23, arrayID: 1007, name: "integer")
    public static let text = PostgresType(id: 25, arrayID: 1009, name: "text")
    public static let float4 = PostgresType(id: 700, arrayID: 1021, name: "real")
    public static let float8 = PostgresType(id: 701, arrayID: 1022, name: "double precision")
    public static let date = PostgresType(id: 1082, arrayID: 1182, name: "date")
    public static let timestamptz = PostgresType(id: 1184, arrayID: 1185, name: "timestamp with time zone")
    public static let interval = PostgresType(id: 1186, arrayID: 1187, name: "interval")
    public static let json = PostgresType(id: 114, arrayID: 199, name: "json")
    public static let jsonb = PostgresType(id: 3802, arrayID: 3807, name: "jsonb")

    /// The name of a type's number, for messages.
    static func name(of id: ID) -> String {
        let known = [
            bool, bytea, int8, int2, int4, text, float4, float8, date, timestamptz, interval, json, jsonb,
        ]
        let others: [ID: String] = [
            18: "\"char\"", 19: "name", 26: "oid", 705: "unknown", 1042: "character", 1043: "character varying",
            1114: "timestamp without time zone", 1700: "numeric", 2249: "record", 2278: "void", 2950: "uuid",
        ]
        if let found = known.first(where: { $0.id == id }) { return found.name }
        if let found = known.first(where: { $0.arrayID == id }) { return found.array.name }
        return others[id] ?? "type \(id)"
    }
}
