#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "doubles/slack/settings.hpp"

namespace rapport::test::slack {

/// One call of the Web API (or of a response_url or an upload's address: then `method` is "response_url" or
/// "upload_url"), as it came and what it got.
struct ApiCall {
    std::string method{};
    boost::json::object
        params{};         ///< As sent: form fields as strings, JSON members as they are. Never the token.
    std::string token{};  ///< "bot", "app", "user", "none" or "unknown".
    std::string team{};   ///< Whose token it was.
    bool json = false;    ///< Sent as JSON.
    Time at{};
    unsigned status = 0;  ///< 0: not answered (yet).
    boost::json::object answer{};
};

/// What goes wrong with one call. Made by the functions below.
struct Fault {
    unsigned status = 0;               ///< Not 0: this HTTP status instead of the true answer's.
    std::optional<int> retry_after{};  ///< Seconds.
    std::string body{};                ///< Instead of the true body, if `status` is not 0.
    std::string type = "application/json; charset=utf-8";
    bool effect = false;   ///< The call has its effect all the same.
    bool hang = false;     ///< No answer ever comes; the connection stays open.
    bool cut = false;      ///< The connection is reset instead of an answer.
    bool half = false;     ///< The answer begins and never ends.
    Milliseconds delay{};  ///< Before the answer goes out (after the effect).

    /// 429; Retry-After is left out if there is nothing in it.
    static Fault rate_limited(std::optional<int> seconds);
    static Fault server_error(unsigned status = 503);
    /// A page of HTML instead of JSON.
    static Fault html(unsigned status = 200);
    static Fault error(std::string word);   ///< {"ok":false,"error":word}
    static Fault timeout();                 ///< Nothing happens and no answer comes.
    static Fault reset();                   ///< Nothing happens and the connection breaks.
    static Fault lost_answer();             ///< It happened, and the connection breaks before the answer.
    static Fault lost_answer_hanging();     ///< It happened, and the answer never comes.
    static Fault half_answer();             ///< It happened, and the answer stops in its middle.
    static Fault slow(Milliseconds delay);  ///< It happens at once; the answer comes late.
};

enum class DeliveryState { waiting, acked, failed };

struct Attempt {
    int socket = 0;  ///< Number of the socket; 0: none was open, or HTTP.
    int retry = 0;
    Time at{};
    unsigned status = 0;   ///< HTTP only.
    std::string reason{};  ///< Why it was tried again: "timeout", "http_timeout", "http_error", ...
};

/// One thing that Slack wanted to tell the app.
struct Delivery {
    std::string envelope{};
    std::string type{};  ///< "events_api", "interactive", "slash_commands", "url_verification", "ssl_check".
    std::string
        name{};  ///< Event type with subtype ("message.message_changed"), interaction type or command.
    boost::json::object payload{};
    bool takes_payload = false;
    std::string team{};
    std::string user{};
    std::string channel{};
    std::string view{};
    std::vector<Attempt> attempts{};
    DeliveryState state = DeliveryState::waiting;
    std::optional<boost::json::object> answer{};  ///< What the acknowledgement carried.
    std::string answer_text{};                    ///< HTTP: the body as it was.
    Time made{};
    Milliseconds latency{};  ///< From the (last) sending to the acknowledgement; real time.
    int sends = 0;           ///< How often it went out over a socket.
    int acks = 0;            ///< How often it was acknowledged.
    bool raw = false;        ///< `payload` is the whole envelope.
    std::chrono::steady_clock::time_point sent{};
};

/// Something a person saw that is not a message: an error of Slack's own.
struct Note {
    std::string user{};
    std::string channel{};
    std::string what{};  ///< "operation_timeout", "dispatch_failed", "trouble_connecting", ...
    std::string envelope{};
};

struct SocketInfo {
    int number = 0;
    std::string ticket{};
    bool ghost = false;     ///< Nobody is at its other end.
    bool live = false;      ///< hello was said, and it has not been asked to go.
    bool draining = false;  ///< Asked to go.
    bool frozen = false;
    std::size_t sent = 0;  ///< Envelopes.
    std::size_t acks = 0;
    Time opened{};
};

/// How deliveries go wrong.
struct Policy {
    int drop_acks = 0;     ///< The next so many acknowledgements are lost on the way.
    int duplicate = 0;     ///< The next so many events come twice at once.
    int copies = 2;        ///< How many times then.
    Milliseconds delay{};  ///< Before each delivery.
    int hold = 0;          ///< So many deliveries are held back, then come in reverse order.
    bool new_envelope_on_retry = false;
};

}  // namespace rapport::test::slack
