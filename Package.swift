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
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        room("Postgres", ["CLibPQ"]),
        room("Recurrence", []),
        room("Model", ["Recurrence"]),
        room("Manifest", ["Model", "Yams"]),
        room("Schema", ["Postgres"], resources: [.embedInCode("Migrations")]),
        room("Store", ["Model", "Postgres"]),
        room("Scheduler", ["Model", "Store", logging, lifecycle]),
        room(
            "Actions",
            [
                "Model",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        room("Worker", ["Model", "Store", "Actions", logging, lifecycle]),
        room("Reports", ["Model", "Store"]),
        .executableTarget(
            name: "rota",
            dependencies: [
                "Postgres", "Recurrence", "Model", "Manifest", "Schema", "Store", "Scheduler", "Worker", "Actions",
                "Reports", logging, lifecycle,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        tests("TidyTests", []),
    ]
)
