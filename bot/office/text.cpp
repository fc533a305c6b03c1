#include "bot/office/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::office {

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return result;
}

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; (at = text.find_first_not_of(" \t\r\n", at)) != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
        words.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> all;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(',', from), text.size());
        if (const std::string_view one = trim(text.substr(from, end - from)); !one.empty())
            all.emplace_back(one);
        from = end + 1;
    }
    return all;
}

std::string counted(std::uint64_t count, std::string_view thing) {
    return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string cut(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return std::string(text);
    std::size_t end = bytes < 3 ? 0 : bytes - 3;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string(text.substr(0, end)) + "...";
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
    return text;
}

std::string hours_for_people(std::string_view hours) {
    if (hours == "always") return "always";
    if (hours == "office") return "Mon-Fri 09:00-17:00";
    std::string text;
    bool starts = false;
    for (const char c : hours) {
        if (c == '{' || c == '}' || c == '"' || c == ':') {
            // A clock keeps its colon: it stands between digits.
            const bool in_clock = c == ':' && !text.empty() && text.back() >= '0' && text.back() <= '9';
            if (in_clock) text += c;
            starts = starts || c == '{';
            continue;
        }
        const bool letter = c >= 'a' && c <= 'z';
        const bool first = text.empty() || text.back() == ' ' || text.back() == '-';
        text += letter && first ? char(c - 'a' + 'A') : c;
    }
    return text.empty() ? "never" : text;
}

}  // namespace rapport::office
