#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "doubles/slack/settings.hpp"

namespace rapport::test::slack {

/// One workspace, and the app's installation in it.
struct Team {
    std::string id{};
    std::string name{};
    std::string domain{};
    std::string enterprise{};  ///< "E...", or empty.
    std::string enterprise_name{};
    bool installed = true;
    bool whole_organisation = false;  ///< Installed for the whole enterprise: authorizations bear no team.
    std::string bot_user{};
    std::string bot{};  ///< "B..."
    std::string bot_token{};
    std::set<std::string> scopes = usual_scopes();
};

struct User {
    std::string id{};
    std::string team{};
    std::string name{};
    std::string real_name{};
    std::string display_name{};
    std::string title{};
    std::string email{};
    std::string image{};
    std::string tz = "Europe/Berlin";
    int tz_offset = 3600;
    std::string enterprise{};  ///< Not empty: `enterprise_user` is told.
    std::string bot{};         ///< "B...": is a bot user.
    std::string app{};
    bool deleted = false;
    bool restricted = false;        ///< Multi-channel guest.
    bool ultra_restricted = false;  ///< Single-channel guest.
    bool stranger = false;          ///< External, and no channel shared with us.
    bool admin = false;
    bool active = true;  ///< Presence.
    bool dnd = false;    ///< Do-not-disturb is on between the two times.
    std::int64_t dnd_from = 1, dnd_until = 1, snooze_until = 0;  ///< Unix seconds.
    std::int64_t updated = 0;

    std::string shown() const { return !display_name.empty() ? display_name : real_name; }
};

enum class Kind { open, closed, im, mpim };

struct Channel {
    std::string id{};
    std::string team{};  ///< The workspace that owns it.
    std::string name{};
    Kind kind = Kind::open;
    bool archived = false;
    bool ext_shared = false;
    bool pending_ext_shared = false;
    bool org_shared = false;
    bool only_threads = false;         ///< Posting is restricted: chat.postMessage answers restricted_action.
    std::vector<std::string> teams{};  ///< Connected workspaces, the owner's too.
    std::set<std::string> members{};
    std::string topic{};
    std::string purpose{};
    std::vector<std::string> previous_names{};
    std::int64_t created = 0;
    std::map<std::string, boost::json::object> messages{};  ///< By ts; as Slack shows them, replies too.

    std::string_view type() const noexcept {
        return kind == Kind::im       ? "im"
               : kind == Kind::mpim   ? "mpim"
               : kind == Kind::closed ? "group"
                                      : "channel";
    }
    bool is_private() const noexcept { return kind != Kind::open; }
};

/// What only one person sees, until they reload.
struct Ephemeral {
    std::string channel{};
    std::string user{};
    std::string ts{};
    std::string thread{};
    boost::json::object body{};
};

struct View {
    std::string id{};
    std::string team{};
    std::string user{};
    std::string hash{};
    std::string root{};
    std::string previous{};
    boost::json::object body{};    ///< As the app sent it, block_ids and action_ids filled in.
    boost::json::object values{};  ///< state.values so far: block_id -> action_id -> value.

    bool home() const;
};

struct Usergroup {
    std::string id{};
    std::string team{};
    std::string handle{};
    std::string name{};
    std::vector<std::string> users{};
    bool disabled = false;
};

struct ResponseUrl {
    std::string team{};
    std::string channel{};
    std::string user{};
    std::string message{};    ///< ts of the message it came from; empty for commands.
    std::string ephemeral{};  ///< ts of the ephemeral it came from; or empty.
    std::string thread{};
    Time made{};
    int uses = 0;
};

/// A file on its way: an address for its bytes, the bytes, and then it is shown.
struct File {
    std::string id{};
    std::string team{};
    std::string user{};
    std::string name{};
    std::string title{};
    std::string alt{};
    std::size_t length = 0;  ///< As announced.
    std::string bytes{};     ///< Empty: not uploaded yet.
    bool shown = false;      ///< Its upload is complete.
};

struct Trigger {
    std::string team{};
    std::string user{};
    std::string view{};  ///< The view it was pressed in: views.push goes on top of that.
    Time made{};
    bool used = false;
};

/// All that this Slack knows. Plain data with look-ups; no network.
class World {
public:
    explicit World(Clock clock) : clock_(std::move(clock)) {}

    Time now() const { return clock_(); }
    /// The next message time: never the same twice, always rising.
    std::string next_ts();
    /// "C0DOUBLE001"
    std::string next_id(std::string_view prefix);
    std::string next_secret(std::string_view prefix);

    Team& add_team(Team team);
    User& add_user(User user);
    Channel& add_channel(Channel channel);
    /// The one-to-one (or group) conversation of those people; made if there is none.
    Channel& direct(const std::string& team, const std::set<std::string>& people);

    Team* team(const std::string& id);
    User* user(const std::string& id);
    Channel* channel(const std::string& id);
    /// By id, or by name with or without '#'. For tests: throws if there is none.
    Channel& place(const std::string& id_or_name);
    /// By id, or by name. For tests: throws if there is none.
    User& person(const std::string& id_or_name);
    Team& team_of(const Channel& channel);
    View* view(const std::string& id);
    View* home(const std::string& user);
    std::vector<View*> stack(const std::string& user);

    boost::json::object user_json(const User& user, bool email) const;
    /// As `viewer` sees it.
    boost::json::object channel_json(const Channel& channel, const std::string& viewer) const;
    /// A root's reply_count, reply_users, latest_reply anew from what is there.
    static void count_replies(Channel& channel, const std::string& root);
    std::string trigger(const std::string& team, const std::string& user, const std::string& view = {});
    /// Returns the path ("/commands/T.../...").
    std::string response_url(std::string_view kind, ResponseUrl data);

    std::map<std::string, Team> teams{};
    std::map<std::string, User> users{};
    std::map<std::string, Channel> channels{};
    std::map<std::string, Usergroup> usergroups{};
    std::map<std::string, View> views{};
    std::map<std::string, std::vector<std::string>> stacks{};  ///< user -> view ids, the top last.
    std::map<std::string, std::string> homes{};                ///< user -> view id.
    std::vector<Ephemeral> ephemerals{};
    std::map<std::string, ResponseUrl> response_urls{};
    std::map<std::string, Trigger> triggers{};
    std::map<std::string, File> files{};               ///< By id.
    std::map<std::string, std::string> upload_urls{};  ///< Path -> file id; stays when it has been used.

private:
    Clock clock_;
    std::int64_t last_ts_ = 0;
    unsigned ids_ = 0;
};

/// Whether the message is a reply in a thread (and not its root).
bool is_reply(const boost::json::object& message);
std::int64_t seconds_of(Time time);
/// {"values": {...}} as block_actions and view payloads tell it.
boost::json::object text_object(std::string_view text);

}  // namespace rapport::test::slack
