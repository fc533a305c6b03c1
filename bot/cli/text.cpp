#include "bot/cli/text.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/console/screen_text.hpp"
#include "bot/people/working_time.hpp"
#include "bot/store/rows.hpp"

namespace rapport::cli {

std::string local_zone() {
    const auto usable = [](std::string_view zone) { return !zone.empty() && zone_exists(zone); };
    if (const char* zone = std::getenv("TZ")) {
        std::string_view name = zone;
        if (name.starts_with(':')) name.remove_prefix(1);
        if (usable(name)) return std::string(name);
    }
    std::error_code none;
    const std::string target = std::filesystem::read_symlink("/etc/localtime", none).string();
    constexpr std::string_view folder = "zoneinfo/";
    if (const std::size_t at = target.find(folder); at != std::string::npos)
        if (std::string name = target.substr(at + folder.size()); usable(name)) return name;
    std::string name;
    std::getline(std::ifstream{"/etc/timezone"}, name);
    return usable(name) ? name : "UTC";
}

std::string time_text(std::string_view zone, Time at) {
    return at == never ? "-" : local_date_text(zone, at);
}

std::string one_line(std::string_view text, int width) {
    return console::fit(console::tame(text, console::Breaks::join), width);
}

std::string several_lines(std::string_view text) {
    return console::tame(text, console::Breaks::keep);
}

std::string counted(std::uint64_t count, std::string_view thing) {
    return std::to_string(count) + " " + std::string(thing) + (count == 1 ? "" : "s");
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<int> widths;
    std::vector<std::vector<std::string>> cells = rows;
    for (auto& row : cells) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = one_line(row[i]);
            widths[i] = std::max(widths[i], console::columns(row[i]));
        }
    }
    std::string out;
    for (const auto& row : cells) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) line.append(std::size_t(widths[i] - console::columns(row[i]) + 2), ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

std::string or_dash(std::string text) {
    return text.empty() ? "-" : std::move(text);
}

}  // namespace rapport::cli
