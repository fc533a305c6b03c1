#pragma once

// The calls that the adapter makes, with names and types of their own. Answers stay JSON where the adapter's
// other parts read JSON. All throw only when cancelled; `api` must outlive them.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/slack/api/web_api.hpp"
#include "adapters/slack/slack.hpp"

namespace rapport::slack {

template <class T = void>
using Calling = boost::asio::awaitable<ApiResult<T>>;

// ---- who we are
/// auth.test of the bot's token: who we are, and where.
Calling<Installation> auth_test(WebApi& api);
/// apps.connections.open: an address of Slack's, good for one WebSocket; checked against `api.allowed()`.
Calling<std::string> open_connection(WebApi& api);

// ---- messages
/// Where a message stands.
struct Posted {
    Id channel{};  ///< What Slack answered: a direct message's own channel even if it was sent to a user's
                   ///< id.
    Id ts{};
};
/// chat.postMessage. `message` as Slack wants it (channel, text, blocks, thread_ts, metadata ...); links are
/// not unfurled unless it says so. See ApiError::unknown_outcome.
Calling<Posted> post_message(WebApi& api, boost::json::object message, CallOptions options = {});
/// chat.update; without `blocks` in it, the message loses those it had.
Calling<Posted> update_message(WebApi& api, boost::json::object message, CallOptions options = {});
/// chat.postEphemeral (channel, user, text ...): the message's ts, with which nothing more can be done.
Calling<Id> post_ephemeral(WebApi& api, boost::json::object message, CallOptions options = {});
/// chat.getPermalink.
Calling<std::string> permalink(WebApi& api, Id channel, Id ts);

/// How to find a message again whose chat.postMessage had an unknown outcome: by its metadata.
struct Sought {
    Id channel{};
    Id thread{};               ///< Root's ts if it was a reply; else empty.
    std::string event_type{};  ///< metadata.event_type, "rapport_alert".
    std::string id{};          ///< metadata.event_payload.id.
    Id since{};                ///< Not posted before that ts.
};
/// Nothing: it certainly is not there now. An error: not known (history was too long, or could not be read).
Calling<std::optional<Posted>> find_posted(WebApi& api, Sought sought);

// ---- files: an address for the bytes, the bytes, and then the file is shown; docs.slack.dev, "Uploading
// files"
struct Upload {
    Id file{};          ///< Nobody sees it before `complete_upload`.
    std::string url{};  ///< Takes the bytes, once.
};
/// files.getUploadURLExternal. `length` in bytes, not 0.
Calling<Upload> upload_address(WebApi& api, std::string filename, std::size_t length,
                               CallOptions options = {});
/// Where an uploaded file is to be seen, and with what words.
struct Showing {
    Id file{};
    std::string title{};
    std::string words{};  ///< Slack's mark-up, as the message that bears the file; or empty.
    Id channel{};
    Id thread{};  ///< A root's ts; empty: in the channel itself.
};
/// files.completeUploadExternal. Slack may show the file some seconds after it answered. See
/// ApiError::unknown_outcome; then `find_file` before it is done again.
Calling<> complete_upload(WebApi& api, Showing showing, CallOptions options = {});
/// Whether that file stands in the channel (or thread), in a message that is not older than `since`.
Calling<bool> find_file(WebApi& api, Showing showing, Id since);

// ---- reading
Calling<boost::json::object> users_info(WebApi& api, Id user);
Calling<boost::json::object> conversations_info(WebApi& api, Id channel);
/// One page: { messages, has_more, response_metadata.next_cursor }. `range`: oldest, latest, inclusive,
/// cursor ...
Calling<boost::json::object> conversations_history(WebApi& api, Id channel, boost::json::object range = {});
Calling<boost::json::object> conversations_replies(WebApi& api, Id channel, Id root,
                                                   boost::json::object range = {});
/// Opens (or finds) the direct message with these users; its channel's id.
Calling<Id> conversations_open(WebApi& api, std::vector<Id> users);
Calling<boost::json::object> conversations_join(WebApi& api, Id channel);
/// Members of a user group; of a disabled one, nobody.
Calling<std::vector<Id>> usergroup_members(WebApi& api, Id usergroup);
Calling<boost::json::object> dnd_info(WebApi& api, Id user);
/// "active" or "away".
Calling<std::string> presence(WebApi& api, Id user);

// ---- views; `trigger` is good for 3 s and one use
Calling<boost::json::object> views_open(WebApi& api, std::string trigger, boost::json::object view);
Calling<boost::json::object> views_push(WebApi& api, std::string trigger, boost::json::object view);
/// `hash` empty: whatever is shown now is replaced.
Calling<boost::json::object> views_update(WebApi& api, Id view_id, boost::json::object view,
                                          std::string hash = {});
Calling<boost::json::object> views_publish(WebApi& api, Id user, boost::json::object view,
                                           std::string hash = {});

// ---- page by page
struct Paging {
    int pages = 100;                                           ///< At most.
    CallOptions options{.deadline = std::chrono::minutes{5}};  ///< For each page.
};
/// Takes the items of one page; false: that is enough.
using TakePage = std::function<bool(boost::json::array items)>;
/// Calls a method with a cursor until there is none (200 a page, fewer where Slack says so), giving the array
/// `member` of each answer to `take`. True: that was all. False: `take` had enough, `paging.pages` were read,
/// or Slack gave the same cursor twice.
Calling<bool> each_page(WebApi& api, std::string method, boost::json::object params, std::string member,
                        TakePage take, Paging paging = {});
/// users.list: deleted members and bots too; people of other workspaces are missing.
Calling<bool> users_list(WebApi& api, TakePage take, Paging paging = {});
/// users.conversations: where we are members, of all kinds, without the archived.
Calling<bool> users_conversations(WebApi& api, TakePage take, Paging paging = {});

}  // namespace rapport::slack
