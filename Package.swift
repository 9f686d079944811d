// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

/// A room of docs/architecture.md: what it imports is said here and held by the Tidy test.
func room(_ name: String, _ imports: [Target.Dependency], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: imports, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ imports: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: imports, resources: resources, swiftSettings: strict)
}

let package = Package(
    name: "rota",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "rota", targets: ["rota"]),
        .library(name: "Recurrence", targets: ["Recurrence"]),
        .library(name: "Postgres", targets: ["Postgres"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(name: "CGuard"),
        room("Postgres", ["CLibPQ"]),
        room("Recurrence", []),
        room("Model", ["Recurrence"]),
        room("Manifest", ["Model", "Recurrence", "Yams"]),
        room("Schema", ["Postgres"], resources: [.embedInCode("Migrations")]),
        room("Store", ["Model", "Recurrence", "Postgres"]),
        room("Scheduler", ["Model", "Recurrence", "Store", logging, lifecycle]),
        room(
            "Actions",
            [
                "Model", "Recurrence", "CGuard",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        room(
            "Worker",
            [
                "Model", "Recurrence", "Store", "Actions", logging, lifecycle,
                .product(name: "DequeModule", package: "swift-collections"),
            ]),
        room("Reports", ["Model", "Recurrence", "Store"]),
        .executableTarget(
            name: "rota",
            dependencies: [
                "Postgres", "Recurrence", "Model", "Manifest", "Schema", "Store", "Scheduler", "Worker", "Actions",
                "Reports", logging, lifecycle,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(name: "SeededDice", path: "Tests/SeededDice", swiftSettings: strict),
        .target(name: "TestSupport", dependencies: ["Postgres"], path: "Tests/TestSupport", swiftSettings: strict),
        .target(
            name: "StoreTestSupport", dependencies: ["Model", "Store", "Postgres", "Schema", "TestSupport"],
            path: "Tests/StoreTestSupport", swiftSettings: strict),
        .target(
            name: "FaultRig",
            dependencies: ["Postgres", "Schema", "Store", "Model", "Recurrence", "SeededDice", "TestSupport"],
            path: "Tests/FaultRig", swiftSettings: strict),
        tests("PostgresTests", ["Postgres", "SeededDice", "TestSupport"]),
        tests("RecurrenceTests", ["Recurrence", "SeededDice"], resources: [.copy("Vectors")]),
        tests("ModelTests", ["Model", "Recurrence", "SeededDice"]),
        tests(
            "SimulationTests",
            ["Model", "Recurrence", "Store", "Postgres", "SeededDice", "StoreTestSupport"]),
        tests("ManifestTests", ["Manifest", "Model", "Recurrence", "SeededDice"]),
        tests("SchemaTests", ["Schema", "Postgres", "TestSupport", "StoreTestSupport"]),
        tests(
            "StoreTests",
            ["Store", "Model", "Recurrence", "Postgres", "Schema", "TestSupport", "StoreTestSupport"]),
        tests(
            "ReportsTests",
            ["Reports", "Store", "Model", "Recurrence", "Postgres", "TestSupport", "StoreTestSupport"]),
        tests("ActionsTests", ["Actions", "CGuard", "Model", "Recurrence", "SeededDice"]),
        tests("CommandTests", ["rota", "Manifest", "Model", "Recurrence", "Reports", "Store", "Postgres"]),
        tests(
            "ServiceTests",
            [
                "rota", "Scheduler", "Worker", "Actions", "Reports", "Store", "Schema", "Manifest", "Model",
                "Recurrence", "Postgres", "SeededDice", "TestSupport", "StoreTestSupport", "FaultRig", logging,
                lifecycle,
            ]),
        tests("FaultTests", ["rota", "FaultRig", "Postgres", "TestSupport"]),
        .target(name: "CountedMalloc", path: "Tests/Benchmarks/CountedMalloc"),
        .executableTarget(
            name: "recurrence-bench", dependencies: ["Recurrence", "CountedMalloc"],
            path: "Tests/Benchmarks/Recurrence", swiftSettings: strict),
        tests("TidyTests", []),
    ]
)
