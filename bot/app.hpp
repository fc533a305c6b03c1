#pragma once

// Where everything is put together: the files become a World, the store and the pipeline get their threads,
// adapters and desks are plugged in. `bot/cli` calls this; nothing else does.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/net/error.hpp"
#include "bot/alerts/world.hpp"
#include "bot/store/sqlite/sqlite_store.hpp"

namespace rapport {

/// Which files a command works with.
struct Places {
    std::filesystem::path config = "config";       ///< Folder with rapport.yaml, team.yaml, rules.yaml.
    std::optional<std::filesystem::path> rules{};  ///< Instead of CONFIG/rules.yaml.
    std::optional<std::filesystem::path> team{};   ///< Instead of CONFIG/team.yaml.
    std::optional<std::filesystem::path> store{};  ///< Instead of store.path of rapport.yaml.

    std::filesystem::path rapport_file() const { return config / "rapport.yaml"; }
    std::filesystem::path team_file() const { return team.value_or(config / "team.yaml"); }
    std::filesystem::path rules_file() const { return rules.value_or(config / "rules.yaml"); }
};

/// Everything the files say, or all that is wrong with them, one line a mistake.
struct LoadedWorld {
    std::shared_ptr<const World> world{};  ///< Null if and only if there are problems.
    std::vector<std::string> problems{};
    std::vector<std::filesystem::path> files{};  ///< All that was read or looked for, calendars included.
};

/// Reads and checks the three files and the calendars that they name, rules against team included. A missing
/// rapport.yaml or team.yaml is a problem that says how to make one. `settings`: what staffers set for
/// themselves, on top of team.yaml.
LoadedWorld load_world(const Places& places, const std::map<std::string, StafferRow>& settings = {});

/// Path of the store: what the command line says, else what the configuration says; relative to the folder
/// that holds the folder of the configuration, wherever the program was called from.
std::string store_path(const Places& places, const Config& config);

struct ServeOptions {
    Places places{};
    std::optional<std::string> address{};
    std::optional<std::uint16_t> port{};
    std::optional<std::string> token{};    ///< Of the desk; made anew at each start if empty.
    std::string site_secret{};             ///< web::Config::site_secret.
    std::optional<std::string> console{};  ///< A staffer's name: their desk is in this terminal.
    bool quiet = false;
};

/// Runs Rapport until SIGINT or SIGTERM. Returns an exit code; says on stderr what went wrong.
int serve(const ServeOptions& options);

struct ReplayOptions {
    Places places{};
    std::vector<std::filesystem::path> files{};
    std::string realm{};
    double speed = 0;   ///< Times faster than it happened; 0: as fast as it goes.
    bool json = false;  ///< Each alert as a line of JSON, in the order of their ids, once all is replayed.
    bool keep_going = false;  ///< Pass over lines that cannot be read.
    bool quiet = false;       ///< No progress, no summary.
};

/// Feeds files through the live pipeline in simulated time, into the store of `places` (a throw-away one if
/// none is given). A replay that was killed goes on where the store says. Returns an exit code.
int replay_files(const ReplayOptions& options);

}  // namespace rapport
