#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <optional>

#include "adapters/web/protocol.hpp"
#include "adapters/web/text.hpp"

namespace rapport::web {
namespace json = boost::json;

namespace {

constexpr std::size_t max_values = 32;

Error not_understood(std::string_view why) {
    return {ErrorKind::rejected, "this page and the server do not understand each other (" +
                                     std::string{why} + "): please reload the page"};
}

/// Reads the members of one frame and remembers whether any was wrong.
class Reader {
public:
    explicit Reader(const json::object& object) : object_(object) {}

    /// A string of at most `most` bytes; missing counts as empty.
    std::string text(std::string_view name, std::size_t most) {
        const json::value* value = object_.if_contains(name);
        if (value == nullptr) return {};
        const json::string* string = value->if_string();
        if (string == nullptr || string->size() > most) {
            wrong_ = name;
            return {};
        }
        return {string->data(), string->size()};
    }
    std::string checked(std::string_view name, bool (*valid)(std::string_view), bool may_be_empty = false) {
        std::string value = text(name, 128);
        if (!valid(value) && !(may_be_empty && value.empty())) wrong_ = name;
        return value;
    }
    bool flag(std::string_view name) {
        const json::value* value = object_.if_contains(name);
        if (value == nullptr) return false;
        if (!value->is_bool()) wrong_ = name;
        return value->is_bool() && value->get_bool();
    }
    std::map<std::string, std::string> values(std::string_view name) {
        std::map<std::string, std::string> found;
        const json::value* value = object_.if_contains(name);
        if (value == nullptr) return found;
        const json::object* entries = value->if_object();
        if (entries == nullptr || entries->size() > max_values) {
            wrong_ = name;
            return found;
        }
        Reader reader{*entries};
        for (const auto& entry : *entries) {
            found.emplace(std::string{entry.key()}, clean_text(reader.text(entry.key(), max_text)));
        }
        if (!reader.wrong_.empty()) wrong_ = name;
        return found;
    }

    template <class Frame, class T>
    Result<Frame> give(T frame) const {
        if (!wrong_.empty()) return not_understood("bad \"" + wrong_ + "\"");
        return Frame{std::move(frame)};
    }

private:
    const json::object& object_;
    std::string wrong_{};
};

Say say(Reader& reader) {
    Say frame;
    frame.id = reader.checked("id", valid_message_id);
    frame.text = clean_text(reader.text("text", max_text));
    return frame;
}

/// Parses an object of little depth. Nothing thrown gets past here.
std::optional<json::object> parse(std::string_view text) {
    json::parse_options options;
    options.max_depth = 8;
    json::error_code ec;
    json::value value = json::parse(text, ec, {}, options);
    if (ec || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

}  // namespace

Result<ChatFrame> decode_chat(std::string_view text) {
    const std::optional<json::object> object = parse(text);
    if (!object) return not_understood("not JSON");
    Reader reader{*object};
    const std::string type = reader.text("type", 20);
    if (type == "hello") {
        ChatHello hello;
        hello.secret = reader.checked("secret", valid_hex_id);
        hello.name = reader.text("name", 1024);
        hello.after = reader.checked("after", valid_message_id, true);
        hello.vouch = {reader.text("email", 256), reader.text("until", 20), reader.text("proof", 64)};
        return reader.give<ChatFrame>(std::move(hello));
    }
    if (type == "say") return reader.give<ChatFrame>(say(reader));
    if (type == "name") return reader.give<ChatFrame>(Rename{reader.text("name", 1024)});
    return not_understood("unknown type");
}

Result<DeskFrame> decode_desk(std::string_view text) {
    const std::optional<json::object> object = parse(text);
    if (!object) return not_understood("not JSON");
    Reader reader{*object};
    const std::string type = reader.text("type", 20);
    if (type == "hello") return reader.give<DeskFrame>(DeskHello{reader.text("token", 256)});
    if (type == "iam") return reader.give<DeskFrame>(IAm{reader.text("name", 256)});
    if (type == "press") {
        Press press;
        press.id = reader.checked("id", valid_action_id);
        press.card = reader.text("card", 256);
        press.button = reader.text("button", 256);
        press.values = reader.values("values");
        return reader.give<DeskFrame>(std::move(press));
    }
    if (type == "ask") {
        AskOffice ask;
        ask.id = reader.checked("id", valid_action_id);
        ask.is_form = reader.flag("form");
        ask.name = reader.text("name", 256);
        ask.values = reader.values("values");
        return reader.give<DeskFrame>(std::move(ask));
    }
    if (type == "picture") return reader.give<DeskFrame>(WantPicture{reader.text("letter", 256)});
    if (type == "dismiss") return reader.give<DeskFrame>(Dismiss{reader.text("letter", 256)});
    if (type == "open") {
        Open open;
        open.channel = reader.checked("channel", valid_hex_id);
        open.after = reader.checked("after", valid_message_id, true);
        return reader.give<DeskFrame>(std::move(open));
    }
    if (type == "leave") return reader.give<DeskFrame>(Leave{});
    if (type == "say") {
        Say frame = say(reader);
        frame.channel = reader.checked("channel", valid_hex_id);
        frame.reply_to = reader.checked("reply_to", valid_message_id, true);
        frame.as_brand = reader.flag("as_brand");
        return reader.give<DeskFrame>(std::move(frame));
    }
    return not_understood("unknown type");
}

}  // namespace rapport::web
