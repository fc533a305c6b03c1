#include "adapters/replay/json_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parser.hpp>

#include "adapters/replay/complaints.hpp"
#include "adapters/replay/line_reader.hpp"
#include "adapters/replay/timestamp.hpp"
#include "adapters/replay/utf8.hpp"

namespace rapport::replay {
namespace {

namespace json = boost::json;

/// A failure with words for the person who made the file.
struct Bad {
    std::string what;
};

std::string string_or_number(const json::value& value, std::string_view key) {
    if (const json::string* text = value.if_string()) return std::string{text->data(), text->size()};
    if (const std::int64_t* number = value.if_int64()) return std::to_string(*number);
    if (const std::uint64_t* number = value.if_uint64()) return std::to_string(*number);
    throw Bad{fmt::format("`{}` is neither text nor a whole number", key)};
}

std::string required(const json::object& line, std::string_view key) {
    const json::value* value = line.if_contains(key);
    if (!value || value->is_null()) throw Bad{fmt::format("`{}` is missing", key)};
    std::string text = string_or_number(*value, key);
    if (text.empty()) throw Bad{fmt::format("`{}` is empty", key)};
    return text;
}

std::string optional_text(const json::object& line, std::string_view key) {
    const json::value* value = line.if_contains(key);
    if (!value || value->is_null()) return {};
    return string_or_number(*value, key);
}

std::string text_of(const json::object& line) {
    const json::value* value = line.if_contains("text");
    if (!value) throw Bad{"`text` is missing"};
    const json::string* text = value->if_string();
    if (!text) throw Bad{"`text` is not text"};
    std::string plain{text->data(), text->size()};
    cut_to(plain, max_text);
    return plain;
}

Time time_of(const json::object& line) {
    const json::value* value = line.if_contains("ts");
    if (!value) throw Bad{"`ts` is missing"};
    std::optional<Time> at;
    if (const json::string* text = value->if_string())
        at = parse_time({text->data(), text->size()});
    else if (value->is_number())
        at = time_of_seconds(value->to_number<double>());
    if (!at)
        throw Bad{
            "`ts` is not a time; write it like \"2024-05-01T09:30:00Z\", or as seconds since 1970 "
            "(not milliseconds)"};
    return *at;
}

std::string parent_of(const json::object& line, const std::string& own_id) {
    if (const std::string parent = optional_text(line, "parent"); !parent.empty() && parent != own_id)
        return parent;
    const json::value* value = line.if_contains("parents");
    if (!value || value->is_null()) return {};
    const json::array* parents = value->if_array();
    if (!parents) throw Bad{"`parents` is not a list"};
    for (const json::value& entry : *parents)
        if (std::string parent = string_or_number(entry, "parents"); parent != own_id) return parent;
    return {};
}

bool is_notice(const json::object& line) {
    const json::value* sys = line.if_contains("sys");
    if (!sys) return false;
    if (const bool* flag = sys->if_bool()) return *flag;
    return sys->is_number() && sys->to_number<double>() != 0;
}

Message message_of(const json::object& line, const std::string& realm) {
    Message message;
    message.id = required(line, "id");
    message.at = time_of(line);
    message.channel.name = required(line, "channel");
    message.channel.key = {"replay", realm, message.channel.name};
    message.author.handle = required(line, "author");
    message.author.key = {"replay", realm, message.author.handle};
    message.author.name = optional_text(line, "name");
    message.text = text_of(line);
    message.reply_to = parent_of(line, message.id);
    message.thread = optional_text(line, "thread");
    message.role = optional_text(line, "role");
    message.author.bot = message.role == "bot";
    return message;
}

class JsonLines final : public EventSource {
public:
    JsonLines(const std::filesystem::path& path, const Options& options, LineReader lines)
        : path_(path),
          options_(options),
          realm_(options.realm.empty() ? realm_of(path) : options.realm),
          source_("replay:" + path.filename().string()),
          cursor_name_("replay:" + realm_),
          lines_(std::move(lines)),
          complaints_(path.string(), options_, tally_) {}

    Result<std::optional<Event>> next() override {
        while (!failed_) {
            const Result<std::optional<LineReader::Line>> line = lines_.next();
            if (!line) return fail(line.error());
            if (!*line) return std::optional<Event>{};
            ++tally_.records;
            try {
                if (std::optional<Event> event = read(**line)) return event;
            } catch (const Bad& bad) {
                if (const Result<> heard = complaints_.record({}, "line", tally_.records, bad.what); !heard)
                    return fail(heard.error());
            }
        }
        return *failed_;
    }

    Result<> skip_to(std::string_view cursor) override {
        const Result<std::uint64_t> target = parse_cursor(cursor, path_);
        if (!target) return target.error();
        complaints_.set_quiet(true);
        while (tally_.records < *target) {
            const Result<std::optional<Event>> event = next();
            if (!event) return event.error();
            if (!*event) return cursor_beyond(path_, *target, tally_.records, "lines");
        }
        complaints_.set_quiet(false);
        if (tally_.records != *target) return cursor_amiss(path_, *target);
        return {};
    }

    std::string_view cursor_name() const noexcept override { return cursor_name_; }
    std::uint64_t bytes_total() const noexcept override { return lines_.bytes_total(); }
    std::uint64_t bytes_read() const noexcept override { return lines_.bytes_read(); }
    const Tally& tally() const noexcept override { return tally_; }

private:
    Error fail(Error error) {
        failed_ = std::move(error);
        return *failed_;
    }

    /// The line's event; nothing for a line that is none. Throws Bad.
    std::optional<Event> read(const LineReader::Line& line) {
        if (line.too_long)
            throw Bad{
                fmt::format("the line is {} bytes long, and {} are allowed", line.length, options_.max_line)};
        std::string_view text = line.text;
        if (tally_.records == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        if (text.find_first_not_of(" \t") == std::string_view::npos) return std::nullopt;

        json::monotonic_resource memory{scratch_.data(), scratch_.size()};
        const json::value value = parse(text, &memory);
        const json::object* object = value.if_object();
        if (!object) throw Bad{"the line is JSON, but not an object in { }"};
        if (is_notice(*object)) {
            ++tally_.notices;
            return std::nullopt;
        }
        return event_of(message_of(*object, realm_), text);
    }

    json::value parse(std::string_view text, json::storage_ptr memory) {
        parser_.reset(std::move(memory));
        boost::system::error_code failure;
        const std::size_t good = parser_.write_some(text.data(), text.size(), failure);
        if (!failure && good == text.size()) return parser_.release();
        parser_.reset();
        if (const auto at = first_invalid_utf8(text))
            throw Bad{
                fmt::format("byte {} is not UTF-8; convert the file, for instance with iconv", *at + 1)};
        if (!failure) throw Bad{fmt::format("not JSON: something follows the object at byte {}", good + 1)};
        throw Bad{fmt::format("not JSON at byte {} ({})", good + 1, failure.message())};
    }

    Event event_of(Message message, std::string_view raw) {
        seen_ = std::max(seen_, message.at);
        ++tally_.messages;
        ++tally_.events;
        Event event;
        event.seen = seen_;
        event.source = source_;
        event.cursor_name = cursor_name_;
        event.cursor = std::to_string(tally_.records);
        event.raw = std::string{prefix(raw, raw_limit)};
        event.body.emplace<MessagePosted>().message = std::move(message);
        return event;
    }

    std::filesystem::path path_;
    Options options_;
    std::string realm_;
    std::string source_;
    std::string cursor_name_;
    LineReader lines_;
    Tally tally_;
    Complaints complaints_;
    Time seen_{};
    std::optional<Error> failed_;
    std::array<unsigned char, 16 * 1024> scratch_{};
    json::parser parser_;
};

}  // namespace

Result<std::unique_ptr<EventSource>> open_json_lines(const std::filesystem::path& path,
                                                     const Options& options) {
    Result<LineReader> lines = LineReader::open(path, options.max_line);
    if (!lines) return lines.error();
    return std::unique_ptr<EventSource>{std::make_unique<JsonLines>(path, options, std::move(*lines))};
}

}  // namespace rapport::replay
