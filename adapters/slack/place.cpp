#include "adapters/slack/place.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace rapport::slack {

namespace json = boost::json;

namespace {

std::int64_t count(Time time) {
    return time.time_since_epoch().count();
}

std::string text(const json::object& note, std::string_view name) {
    const json::value* value = note.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string{};
}

std::int64_t number(const json::object& note, std::string_view name) {
    const json::value* value = note.if_contains(name);
    boost::system::error_code ignored;
    return value ? value->to_number<std::int64_t>(ignored) : 0;
}

}  // namespace

std::string to_note(const Place& place) {
    return json::serialize(json::object{{"channel", place.channel},
                                        {"ts", place.ts},
                                        {"revision", place.revision},
                                        {"last_line", count(place.last_line)},
                                        {"at_last", place.at_last},
                                        {"pending", place.pending},
                                        {"pending_id", place.pending_id},
                                        {"pending_line", count(place.pending_line)},
                                        {"pending_at", place.pending_at},
                                        {"since", place.since},
                                        {"file", place.file},
                                        {"file_at", count(place.file_at)},
                                        {"picture_settled", place.picture_settled},
                                        {"at", count(place.at)}});
}

std::optional<Place> place_of_note(std::string_view note) {
    boost::system::error_code error;
    const json::value value = json::parse(note, error);
    if (error || !value.is_object()) return std::nullopt;
    const json::object& from = value.get_object();
    Place place;
    place.channel = text(from, "channel");
    place.ts = text(from, "ts");
    place.revision = std::uint32_t(number(from, "revision"));
    place.last_line = Time{std::chrono::milliseconds{number(from, "last_line")}};
    place.at_last = std::uint32_t(number(from, "at_last"));
    place.pending = text(from, "pending");
    place.pending_id = text(from, "pending_id");
    place.pending_line = Time{std::chrono::milliseconds{number(from, "pending_line")}};
    place.pending_at = std::uint32_t(number(from, "pending_at"));
    place.since = text(from, "since");
    place.file = text(from, "file");
    place.file_at = Time{std::chrono::milliseconds{number(from, "file_at")}};
    const json::value* settled = from.if_contains("picture_settled");
    place.picture_settled = settled && settled->is_bool() && settled->get_bool();
    place.at = Time{std::chrono::milliseconds{number(from, "at")}};
    return place;
}

std::vector<HistoryLine> new_lines(const std::vector<HistoryLine>& history, const Place& place) {
    std::vector<HistoryLine> lines;
    std::uint32_t same = 0;
    for (const HistoryLine& line : history) {
        if (line.at < place.last_line) continue;
        if (line.at == place.last_line && ++same <= place.at_last) continue;
        lines.push_back(line);
    }
    return lines;
}

void note_lines(const std::vector<HistoryLine>& history, Place& place) {
    place.pending_line = place.last_line;
    place.pending_at = place.at_last;
    if (history.empty()) return;
    place.pending_line = history.back().at;
    place.pending_at =
        std::uint32_t(std::count_if(history.begin(), history.end(),
                                    [&](const HistoryLine& line) { return line.at == place.pending_line; }));
}

void lines_arrived(Place& place) {
    place.last_line = place.pending_line;
    place.at_last = place.pending_at;
}

}  // namespace rapport::slack
