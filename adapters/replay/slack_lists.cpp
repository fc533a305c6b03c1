#include "adapters/replay/slack_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>

#include "adapters/replay/complaints.hpp"

namespace rapport::replay {
namespace {

namespace json = boost::json;

struct List {
    std::string_view file;
    ChannelKind kind;
};
constexpr std::array<List, 4> lists = {{{"channels.json", ChannelKind::open},
                                        {"groups.json", ChannelKind::group},
                                        {"mpims.json", ChannelKind::group},
                                        {"dms.json", ChannelKind::dm}}};

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const json::string* text = value ? value->if_string() : nullptr;
    return text ? std::string{text->data(), text->size()} : std::string{};
}

bool flag_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const bool* flag = value ? value->if_bool() : nullptr;
    return flag && *flag;
}

/// The objects of a list, or nothing if the archive has no such file.
Result<std::optional<json::value>> read_list(const ZipArchive& archive, const std::filesystem::path& path,
                                             const std::string& name) {
    const auto& entries = archive.entries();
    const auto entry =
        std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.name == name; });
    if (entry == entries.end()) return std::optional<json::value>{};
    std::string text;
    if (const Result<> read = archive.read(*entry, text); !read) return read.error();
    boost::system::error_code failure;
    json::value value = json::parse(text, failure);
    if (failure)
        return file_error(
            path, fmt::format("{} is not JSON ({}). Fetch the export again.", name, failure.message()));
    if (!value.is_array())
        return file_error(path, fmt::format("{} is not a list. Is this a Slack export?", name));
    return std::optional{std::move(value)};
}

Account account_of(const json::object& user, const std::string& id) {
    Account account;
    account.key = {"slack", text_at(user, "team_id"), id};
    account.handle = text_at(user, "name");
    account.bot = flag_at(user, "is_bot") || id == "USLACKBOT";  // Slack says is_bot: false of its own.
    if (const json::value* value = user.if_contains("profile"))
        if (const json::object* profile = value->if_object()) {
            account.name = text_at(*profile, "display_name");
            if (account.name.empty()) account.name = text_at(*profile, "real_name");
            account.picture = text_at(*profile, "image_72");
            if (!account.picture.starts_with("https://")) account.picture.clear();
        }
    if (account.name.empty()) account.name = text_at(user, "real_name");
    return account;
}

/// The team that most users belong to; of equals, the first in the alphabet. Guests from elsewhere are in the
/// minority.
std::string common_team(const SlackDirectory& directory) {
    std::map<std::string, std::size_t> members;
    for (const auto& [id, account] : directory.users)
        if (!account.key.realm.empty()) ++members[account.key.realm];
    const auto most = std::max_element(members.begin(), members.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == members.end() ? std::string{} : most->first;
}

void take_users(SlackDirectory& directory, const json::array& users, const std::string& fallback_realm) {
    for (const json::value& entry : users)
        if (const json::object* user = entry.if_object())
            if (const std::string id = text_at(*user, "id"); !id.empty())
                directory.users.emplace(id, account_of(*user, id));
    directory.realm = common_team(directory);
    if (directory.realm.empty()) directory.realm = fallback_realm;
    for (auto& [id, account] : directory.users)
        if (account.key.realm.empty()) account.key.realm = directory.realm;
}

/// A direct message has no name: it is called by who takes part.
std::string names_of_members(const json::object& channel, const SlackDirectory& directory) {
    std::string names;
    const json::value* value = channel.if_contains("members");
    const json::array* members = value ? value->if_array() : nullptr;
    if (!members) return names;
    for (const json::value& member : *members)
        if (const json::string* id = member.if_string()) {
            if (!names.empty()) names += ", ";
            names += directory.name_of({id->data(), id->size()});
        }
    return names;
}

void take_channels(SlackDirectory& directory, const json::array& channels, ChannelKind kind) {
    for (const json::value& entry : channels) {
        const json::object* object = entry.if_object();
        const std::string id = object ? text_at(*object, "id") : "";
        if (id.empty()) continue;
        Channel channel;
        channel.key = {"slack", directory.realm, id};
        channel.kind = kind;
        channel.name = text_at(*object, "name");
        if (!channel.name.empty()) directory.folders.emplace(channel.name, channel);
        if (channel.name.empty()) channel.name = names_of_members(*object, directory);
        directory.folders.emplace(id, channel);
        directory.channel_names.emplace(id, channel.name);
    }
}

}  // namespace

Result<SlackDirectory> read_slack_lists(const ZipArchive& archive, const std::filesystem::path& path,
                                        std::string_view top, const std::string& fallback_realm) {
    SlackDirectory directory;
    const auto users = read_list(archive, path, std::string{top} + "users.json");
    if (!users) return users.error();
    if (!*users)
        return file_error(path,
                          "users.json is missing, so nobody in it has a name. Is this a whole Slack export? "
                          "Export the workspace again. Nothing of it was used.");
    take_users(directory, (*users)->get_array(), fallback_realm);
    bool any = false;
    for (const List& list : lists) {
        const auto channels = read_list(archive, path, std::string{top}.append(list.file));
        if (!channels) return channels.error();
        if (!*channels) continue;
        any = true;
        take_channels(directory, (*channels)->get_array(), list.kind);
    }
    if (!any)
        return file_error(path,
                          "channels.json is missing, so no folder in it can be read. Export the workspace "
                          "again. Nothing of it was used.");
    return directory;
}

}  // namespace rapport::replay
