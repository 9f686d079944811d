import Model
import Recurrence

extension RemindAction: Written {
    enum Fields {
        static let to = Field<RemindAction, Destination>.required("to", .destination, "Where the message goes") {
            $0.to
        }
        static let message = Field<RemindAction, String>.required(
            "message", .template(most: 4000), "What people read"
        ) { $0.message }
        static let acknowledge = Field<RemindAction, Acknowledge>.standard(
            "acknowledge", .choice([.required, .none]), .none, "Whether somebody must say that it was read"
        ) { $0.acknowledge }
        static let `repeat` = Field<RemindAction, Span>.optional(
            "repeat", .span(from: Span(seconds: 1)), "After what wait it is sent again while nobody has acknowledged it"
        ) { $0.repeat }
    }

    static let table = Table<RemindAction>(
        name: "Remind", about: "A message to people",
        fields: [
            AnyField(Fields.to), AnyField(Fields.message), AnyField(Fields.acknowledge), AnyField(Fields.repeat),
        ])

    init?(_ object: ObjectReader<RemindAction>) {
        let to = object[Fields.to]
        let message = object[Fields.message]
        let acknowledge = object[Fields.acknowledge]
        let wait = object[Fields.repeat]
        guard let to, let message, let acknowledge else { return nil }
        if wait != nil, acknowledge != .required {
            object.refuse(
                "'repeat' would never end", hint: "add 'acknowledge: required', which ends it", at: "repeat")
            return nil
        }
        self.init(to: to, message: message, acknowledge: acknowledge, repeat: wait)
    }
}

/// `Destination` is an enumeration: the one key that is there tells which it is.
private struct RemindTo: Equatable, Sendable {
    var destination: RemindAction.Destination
}

extension RemindTo: Written {
    static let file = Field<RemindTo, String>.optional(
        "file", .verbatim(most: 4096), "A file to which a line is appended"
    ) { if case .file(let path) = $0.destination { path } else { nil } }
    static let webhook = Field<RemindTo, String>.optional(
        "webhook", .webAddress, "An http or https address to which JSON is posted"
    ) { if case .webhook(let address) = $0.destination { address } else { nil } }

    static let table = Table<RemindTo>(
        name: "Destination", about: "Where a message goes", fields: [AnyField(file), AnyField(webhook)],
        exactlyOne: ["file", "webhook"])

    init?(_ object: ObjectReader<RemindTo>) {
        let file = object[Self.file]
        let webhook = object[Self.webhook]
        if let file {
            destination = .file(file)
        } else if let webhook {
            destination = .webhook(webhook)
        } else {
            return nil
        }
    }
}

extension Shape where Value == RemindAction.Destination {
    fileprivate static let destination: Shape = {
        let wrapped = Shape<RemindTo>.object
        return Shape(
            expected: wrapped.expected, schema: RemindTo.table.schema, read: { wrapped.read($0)?.destination },
            writeParts: { wrapped.write(RemindTo(destination: $0), $1) })
    }()
}
