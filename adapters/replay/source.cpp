#include "adapters/replay/source.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>

#include "adapters/replay/complaints.hpp"
#include "adapters/replay/contacts.hpp"
#include "adapters/replay/json_lines.hpp"
#include "adapters/replay/slack_export.hpp"

namespace rapport::replay {
namespace {

using Opener = Result<std::unique_ptr<EventSource>> (*)(const std::filesystem::path&, const Options&);

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

Opener by_name(const std::filesystem::path& path) {
    const std::string name = lower(path.filename().string());
    for (const std::string_view ending : {".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"})
        if (name.ends_with(ending)) return open_json_lines;
    if (name.ends_with(".zip")) return open_slack_export;
    if (name.ends_with(".csv")) return open_contacts;
    return nullptr;
}

Opener by_content(std::string_view head) {
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return open_slack_export;
    if (head.starts_with("\x1F\x8B")) return open_json_lines;
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    const auto first = head.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && head[first] == '{') return open_json_lines;
    const std::string first_line = lower(std::string{head.substr(0, head.find_first_of("\r\n"))});
    if (first_line.find("platform") != std::string::npos && first_line.find("id") != std::string::npos)
        return open_contacts;
    return nullptr;
}

}  // namespace

std::string realm_of(const std::filesystem::path& path) {
    std::filesystem::path name = path.filename();
    for (;;) {
        const std::string ending = lower(name.extension().string());
        constexpr std::array<std::string_view, 6> formats = {".gz",   ".jsonl", ".ndjson",
                                                             ".json", ".zip",   ".csv"};
        if (name.stem().empty() || std::find(formats.begin(), formats.end(), ending) == formats.end()) break;
        name = name.stem();
    }
    return name.string();
}

Result<std::unique_ptr<EventSource>> open(const std::filesystem::path& path, const Options& options) {
    if (const Opener opener = by_name(path)) return opener(path, options);
    std::error_code failure;
    if (!std::filesystem::is_regular_file(path, failure))
        return file_error(
            path, std::filesystem::exists(path, failure)
                      ? "this is no file that can be read. Name a .jsonl, .jsonl.gz, .zip or .csv file."
                      : "there is no such file. Check the name.");
    std::array<char, 4096> head{};
    std::ifstream file{path, std::ios::binary};
    if (!file) return file_error(path, "cannot be opened. Check the permissions.");
    file.read(head.data(), head.size());
    if (const Opener opener = by_content({head.data(), static_cast<std::size_t>(file.gcount())}))
        return opener(path, options);
    return file_error(path,
                      "this is neither JSON Lines, nor a Slack export, nor CSV contacts. Name a .jsonl, "
                      ".jsonl.gz, .zip or .csv file.");
}

}  // namespace rapport::replay
