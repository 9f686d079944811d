import Model

extension TaskAction: Written {
    enum Fields {
        static let assignee = Field<TaskAction, String>.required(
            "assignee", .line(most: 320), "The person or group that does it"
        ) { $0.assignee }
        static let steps = Field<TaskAction, [String]>.standard(
            "steps", .list(.verbatim(most: 2000, lines: true), most: 200), [], "The checklist"
        ) { $0.steps }
        static let evidence = Field<TaskAction, Evidence>.standard(
            "evidence", .choice([.required, .optional]), .optional, "Whether completing it takes evidence"
        ) { $0.evidence }
        static let review = Field<TaskAction, Review>.optional(
            "review", .object, "Puts the assets on the checklist of which a fact is too old"
        ) { $0.review }
    }

    static let table = Table<TaskAction>(
        name: "Task", about: "A checklist for people",
        fields: [
            AnyField(Fields.assignee), AnyField(Fields.steps), AnyField(Fields.evidence), AnyField(Fields.review),
        ])

    init?(_ object: ObjectReader<TaskAction>) {
        let assignee = object[Fields.assignee]
        let steps = object[Fields.steps]
        let evidence = object[Fields.evidence]
        let review = object[Fields.review]
        guard let assignee, let steps, let evidence else { return nil }
        self.init(assignee: assignee, steps: steps, evidence: evidence, review: review)
    }
}

extension TaskAction.Review: Written {
    enum Fields {
        static let kinds = Field<TaskAction.Review, [String]>.standard(
            "is", .kinds, [], "Kinds of assets to look at; left out: all"
        ) { $0.kinds }
        static let fact = Field<TaskAction.Review, String>.required(
            "fact", .factName, "The fact that holds a date, such as purchased"
        ) { $0.fact }
        static let olderThan = Field<TaskAction.Review, Age>.required(
            "olderThan", .age, "From what age an asset is on the list: 5y, 90d"
        ) { $0.olderThan }
    }

    static let table = Table<TaskAction.Review>(
        name: "Review", about: "Which of the client's assets are on the checklist",
        fields: [AnyField(Fields.kinds), AnyField(Fields.fact), AnyField(Fields.olderThan)])

    init?(_ object: ObjectReader<TaskAction.Review>) {
        let kinds = object[Fields.kinds]
        let fact = object[Fields.fact]
        let olderThan = object[Fields.olderThan]
        guard let kinds, let fact, let olderThan else { return nil }
        self.init(kinds: kinds, fact: fact, olderThan: olderThan)
    }
}

extension Shape where Value == String {
    fileprivate static let factName = scalar(
        "the name of a fact", hint: "such as purchased",
        schema: .object([
            "type": .text("string"), "pattern": .text("^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$"),
        ]),
        parse: { Names.isKey($0) ? $0 : nil }, show: { $0 })
}
