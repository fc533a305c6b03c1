// From the three files to a World, with everything that is wrong with them.

#include <fmt/format.h>

#include <cstring>
#include <fstream>
#include <sstream>

#include "bot/alerts/check_chains.hpp"
#include "bot/app.hpp"
#include "bot/config/load.hpp"
#include "bot/config/own_settings.hpp"
#include "rules/diagnostic.hpp"

namespace rapport {

namespace {

/// The text of a file; empty, with a problem, if it cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& path, std::vector<std::string>& problems) {
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        problems.push_back(
            fmt::format("{}: cannot be read ({}). Run Rapport in its own folder, or name the folder "
                        "with --config.",
                        path.string(), std::strerror(errno)));
        return std::nullopt;
    }
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

/// Calendars that team.yaml names, by paths that count from its folder; `files` learns which.
ReadFile reader_beside(const std::filesystem::path& team_file, std::vector<std::filesystem::path>& files) {
    return [folder = team_file.parent_path(), &files](const std::string& name) -> Result<std::string> {
        const std::filesystem::path path = folder / name;
        files.push_back(path);
        std::error_code failed;
        const auto size = std::filesystem::file_size(path, failed);
        if (failed) return Error{ErrorKind::rejected, failed.message()};
        if (size > max_config_bytes)
            return Error{ErrorKind::rejected, fmt::format("it has {} bytes, more than the {} that are read",
                                                          size, max_config_bytes)};
        std::ifstream file{path, std::ios::binary};
        std::ostringstream text;
        if (!file || (size > 0 && !(text << file.rdbuf())))
            return Error{ErrorKind::rejected, std::strerror(errno)};
        return std::move(text).str();
    };
}

template <class T, class Load>
std::optional<T> read_and_load(const std::filesystem::path& path, Load load,
                               std::vector<std::string>& problems) {
    const std::optional<std::string> text = read_file(path, problems);
    if (!text) return std::nullopt;
    Loaded<T> loaded = load(*text, path.string());
    for (const Problem& problem : loaded.problems) problems.push_back(problem.text());
    return std::move(loaded.value);
}

/// The staffers' accounts at our own desks, which no file lists.
void add_desk_accounts(Team& team, const Config& config) {
    std::vector<std::string> names;
    for (const Staffer& staffer : team.staffers()) names.push_back(staffer.name);
    for (const std::string& name : names) {
        team.add_account(name, {"web", config.web.realm, "staff:" + name});
        team.add_account(name, {"console", "local", "staff:" + name});
    }
}

}  // namespace

LoadedWorld load_world(const Places& places, const std::map<std::string, StafferRow>& settings) {
    LoadedWorld loaded;
    loaded.files = {places.rapport_file(), places.team_file(), places.rules_file()};
    std::vector<std::string>& problems = loaded.problems;
    auto config = read_and_load<Config>(places.rapport_file(), load_config, problems);
    const ReadFile beside = reader_beside(places.team_file(), loaded.files);
    auto team = read_and_load<Team>(
        places.team_file(),
        [&](std::string_view text, std::string_view file) { return load_team(text, file, beside); },
        problems);
    std::optional<rules::RuleSet> rules;
    if (const auto text = read_file(places.rules_file(), problems)) {
        rules::LoadResult result = rules::load(*text, places.rules_file().string());
        for (const rules::Diagnostic& diagnostic : result.diagnostics)
            problems.push_back(to_string(diagnostic));
        rules = std::move(result.rules);
    }
    if (rules && team)
        for (const ChainMistake& one : check_chains(*rules, *team))
            problems.push_back(fmt::format("{}:{}:{}: {}: {}", rules->file(), one.at.line, one.at.column,
                                           one.message, one.suggestion));
    if (!config || !team || !rules || !problems.empty()) return loaded;
    team = with_own_settings(*team, settings);
    add_desk_accounts(*team, *config);
    loaded.world = std::make_shared<const World>(std::move(*team), std::move(*rules), std::move(*config));
    return loaded;
}

std::string store_path(const Places& places, const Config& config) {
    if (places.store) return places.store->string();
    const std::filesystem::path path = config.store.path;
    return path.is_absolute() ? path.string() : (places.config.parent_path() / path).string();
}

}  // namespace rapport
