#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <string>

#include "doubles/slack/core.hpp"

namespace rapport::test::slack {

/// How something is said.
struct Saying {
    std::string thread{};        ///< ts of the root.
    bool broadcast = false;      ///< A reply that is shown in the channel too.
    boost::json::array files{};  ///< Makes it a file_share.
    std::string subtype{};       ///< "me_message", ...
    boost::json::object also{};  ///< More members, or others: null removes one.
    bool quiet = false;          ///< It stands there, but the app is not told (as while it is away).
};

/// What is pressed. One of `ts` (a message, or an ephemeral of that person) and `view`; neither: the topmost
/// view of that person, else their Home.
struct Press {
    std::string channel{};
    std::string ts{};
    std::string view{};
    std::string action{};  ///< action_id; may be empty if `block` has just one element.
    std::string block{};   ///< Only needed if several blocks have that action_id.
    std::string choice{};  ///< An option's value, a person's id, a date, a text.
};

/// What people do. Functions that take a person or a channel take an id or a name, and throw
/// std::out_of_range for one that is not there. Those that end in a delivery return its envelope_id.
class People {
public:
    explicit People(Core& core) : core_(core) {}

    /// Returns the message's ts.
    std::string say(const std::string& user, const std::string& channel, const std::string& text,
                    Saying how = {});
    void edit(const std::string& channel, const std::string& ts, const std::string& text);
    void remove(const std::string& channel, const std::string& ts);
    /// A preview appears below it: message_changed without a change of its words.
    void unfurl(const std::string& channel, const std::string& ts);
    void react(const std::string& user, const std::string& channel, const std::string& ts,
               const std::string& name);
    void unreact(const std::string& user, const std::string& channel, const std::string& ts,
                 const std::string& name);
    void join(const std::string& user, const std::string& channel);
    void leave(const std::string& user, const std::string& channel);
    /// After a change of `World::users`: user_change.
    void profile_changed(const std::string& user);
    /// The channel is now shared with that workspace, and may get another id by it (channel_id_changed).
    void share(const std::string& channel, const std::string& team, const std::string& new_id = {});
    void unshare(const std::string& channel, const std::string& team);
    void archive(const std::string& channel, bool archived = true);
    /// Uninstalls the app from that workspace: tokens are revoked, app_uninstalled and tokens_revoked come.
    void uninstall(const std::string& team);

    std::string press(const std::string& user, const Press& what);
    /// Writes into inputs of the topmost view: block_id or action_id -> value. No delivery.
    void fill(const std::string& user, const std::map<std::string, std::string>& values);
    /// Presses the topmost view's submit button, after `fill`. Empty if a required input is empty: the person
    /// sees a note ("required BLOCK").
    std::string submit(const std::string& user, const std::map<std::string, std::string>& values = {});
    /// Closes the topmost view, or (`all`) the whole stack. Empty if the app is not told.
    std::string close_view(const std::string& user, bool all = false);
    /// `command` "/rapport". Empty if the person may not (external people): they see a note.
    std::string slash(const std::string& user, const std::string& channel, const std::string& command,
                      const std::string& text);
    std::string shortcut(const std::string& user, const std::string& callback);
    std::string message_shortcut(const std::string& user, const std::string& callback,
                                 const std::string& channel, const std::string& ts);
    /// Types into an external select.
    std::string suggest(const std::string& user, const std::string& action, const std::string& typed);
    void open_home(const std::string& user, const std::string& tab = "home");
    /// An event as it is, around which only the Events API body is put.
    std::string event(const std::string& team, boost::json::object event);
    /// A whole Socket Mode envelope (or, over HTTP, a body) as it is.
    std::string raw(boost::json::object envelope, std::string type = "events_api");

private:
    struct Place;
    Place find_place(const User& user, const Press& what);
    boost::json::object common(const User& user, const Team& team, std::string_view type,
                               const std::string& view);
    std::string interactive(const User& user, const Team& team, boost::json::object payload,
                            bool takes_payload, std::string channel, std::string view);
    View& top(const std::string& user);
    bool external(const User& user, const Team& team);

    Core& core_;
};

/// The element of that action_id (and block_id, unless empty); nullptr if there is none. `block` is set to
/// its block_id.
const boost::json::object* find_element(const boost::json::value& blocks, const std::string& action,
                                        std::string& block);
/// What state.values (and actions[]) hold for an element after that choice.
boost::json::object chosen(const boost::json::object& element, const std::string& choice);

}  // namespace rapport::test::slack
