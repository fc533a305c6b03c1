#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::slack {

/// A permission that the app asks for (config/slack-manifest.yaml), and what Rapport cannot do without it.
struct Scope {
    std::string_view name;
    std::string_view what_for;
    bool optional = false;  ///< Nothing is wrong without it.
};

/// All of them, as the manifest has them, by name.
std::span<const Scope> wanted_scopes();

/// Those it cannot do without that are not in `granted` ("channels:read,chat:write").
std::vector<Scope> missing_scopes(std::string_view granted);

}  // namespace rapport::slack
