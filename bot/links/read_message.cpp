#include "bot/links/read_message.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <unordered_map>

#include "adapters/replay/timestamp.hpp"
#include "bot/models/json_lines.hpp"

namespace rapport::links {

namespace {

namespace json = boost::json;
using models::text_at;

/// As JSON; empty if there is none that says anything.
std::string id_at(const json::object& line, std::string_view key) {
    const json::value* found = line.if_contains(key);
    if (!found || !(found->is_string() || found->is_int64() || found->is_uint64())) return {};
    if (found->is_string() && found->get_string().empty()) return {};
    return json::serialize(*found);
}

std::optional<std::int64_t> seconds_at(const json::object& line) {
    const json::value* found = line.if_contains("ts");
    if (!found) return std::nullopt;
    std::optional<Time> at;
    if (found->is_string())
        at = replay::parse_time(std::string_view{found->get_string()});
    else if (found->is_number())
        at = replay::time_of_seconds(found->to_number<double>());
    if (!at) return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(at->time_since_epoch()).count();
}

bool is_notice(const json::object& line) {
    const json::value* sys = line.if_contains("sys");
    if (!sys) return false;
    return sys->is_bool() ? sys->get_bool() : sys->is_number() && sys->to_number<double>() != 0;
}

std::string dialogue_of(const std::string& id) {
    return id.substr(0, std::min(id.rfind(':'), id.size()));
}

}  // namespace

Message message_of(const json::object& line) {
    Message message;
    message.id = id_at(line, "id");
    message.channel = text_at(line, "channel");
    message.author = text_at(line, "author");
    message.text = text_at(line, "text");
    message.at = seconds_at(line);
    message.notice = is_notice(line);
    for (const std::string_view key : {"reply_to", "parent", "thread"}) {
        std::string parent = id_at(line, key);
        if (parent.empty() || parent == message.id) continue;
        message.reply_to = std::move(parent);
        break;
    }
    return message;
}

Error ReadMarked::wrong(std::string_view what) const {
    return {ErrorKind::rejected, fmt::format("{}:{}: {}.", file_, number_, what)};
}

Result<> ReadMarked::add(std::string_view text) {
    ++number_;
    if (text.size() > longest_line)
        return wrong(fmt::format("the line is longer than {} bytes", longest_line));
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) return {};
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object()) return wrong("this is no JSON object");
    const json::object& line = value.get_object();
    Marked marked{message_of(line), {}};
    if (marked.message.id.empty()) return wrong("a message needs \"id\"");
    // What is to be found out must not be known.
    marked.message.reply_to.clear();
    Waiting waiting;
    if (const json::value* parents = line.if_contains("parents"); parents && parents->is_array())
        for (const json::value& parent : parents->get_array())
            if (parent.is_string() || parent.is_int64()) waiting.parents.push_back(json::serialize(parent));
    const std::string name = dialogue_of(marked.message.id);
    if (dialogues_.empty() || dialogues_.back().name != name) {
        dialogues_.push_back({name, {}});
        waiting_.emplace_back();
    }
    dialogues_.back().lines.push_back(std::move(marked));
    waiting_.back().push_back(std::move(waiting));
    return {};
}

std::vector<Dialogue> ReadMarked::done() {
    for (std::size_t i = 0; i < dialogues_.size(); ++i) {
        std::vector<Marked>& lines = dialogues_[i].lines;
        std::unordered_map<std::string_view, std::size_t> by_id;
        for (std::size_t k = 0; k < lines.size(); ++k) {
            by_id.try_emplace(lines[k].message.id, k);
            for (const std::string& parent : waiting_[i][k].parents)
                if (const auto found = by_id.find(parent); found != by_id.end())
                    lines[k].parents.push_back(found->second);
        }
    }
    waiting_.clear();
    return std::move(dialogues_);
}

}  // namespace rapport::links
