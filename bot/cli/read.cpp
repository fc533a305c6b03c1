// `rapport read`: what each message of a stream is.

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <istream>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/files.hpp"
#include "bot/cli/json_lines.hpp"
#include "bot/heads/reader.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

double to_places(float value) {
    constexpr double places = 1000;
    return std::round(double{value} * places) / places;
}

std::string_view string_in(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string_view{found->get_string()} : std::string_view{};
}

json::object as_fields(const heads::FullReading& reading) {
    return {{"kind", name_of(reading.kind)},
            {"needs_reply", reading.needs_reply},
            {"gratitude", reading.gratitude},
            {"complaint", reading.complaint},
            {"spam", reading.spam},
            {"needs_reply_score", to_places(reading.needs_reply_score)},
            {"spam_score", to_places(reading.spam_score)},
            {"sentiment", to_places(reading.sentiment)},
            {"language", reading.language},
            {"topics", json::array(reading.topics.begin(), reading.topics.end())}};
}

/// What is wrong with `line`, which is empty then; or what to write for it.
struct ReadLine {
    std::string written{};
    std::string_view wrong{};
};

ReadLine read_line(const std::string& line, heads::MessageReader& reader) {
    if (line.size() > most_bytes_of_line) return {{}, "it is longer than a message can be"};
    boost::system::error_code error;
    const json::value value = json::parse(line, error);
    if (error || !value.is_object()) return {{}, "this is no JSON object"};
    const json::object& object = value.get_object();
    const json::value* text = object.if_contains("text");
    if (!text || !text->is_string()) return {{}, "there is no \"text\""};
    const auto reading =
        reader.read({string_in(object, "channel"), string_in(object, "author"), text->get_string()});
    return {with_fields(line, object, as_fields(reading)), {}};
}

}  // namespace

int read_messages(const Context& context, const ReadCommand& options) {
    std::ifstream file;
    if (!options.messages.empty()) file = opened(options.messages);
    std::istream& in = options.messages.empty() ? context.terminal.in : file;
    const std::string name = options.messages.empty() ? "standard input" : options.messages.string();
    heads::MessageReader reader{heads::shipped_weights()};
    std::size_t number = 0, broken = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        const bool blank = line.find_first_not_of(" \t\r") == std::string::npos;
        const ReadLine read = blank ? ReadLine{line, {}} : read_line(line, reader);
        if (read.wrong.empty()) {
            context.terminal.out << read.written << "\n";
            continue;
        }
        ++broken;
        context.terminal.out << line << "\n";
        context.terminal.err << fmt::format("{}:{}: {}; the line is passed on as it is.\n", name, number,
                                            read.wrong);
    }
    context.terminal.out.flush();
    if (in.bad()) throw Stop(Exit::failed, fmt::format("{} could not be read to its end.", name));
    if (!context.terminal.out) throw Stop(Exit::failed, "What was read could not be written.");
    return int(broken == 0 ? Exit::fine : Exit::failed);
}

}  // namespace rapport::cli
