#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event.hpp"
#include "adapters/net/error.hpp"
#include "adapters/notebook.hpp"

namespace rapport::web {

/// A letter as it lies on the desks of those who have not dismissed it yet.
struct KeptLetter {
    std::string id{};  ///< Outgoing::id.
    Page page{};
    std::string image{};  ///< The PNG in Base64; or empty.
    std::string image_text{};
    std::string image_title{};
    Time at{};                   ///< When it came.
    std::set<std::string> to{};  ///< Names of staffers.
};

/// The letters on all desks. They wait for their readers, over restarts too if there is a notebook, until
/// they are dismissed. Lives on one executor; not thread-safe.
class Letters {
public:
    /// `notebook` (may be null) must outlive it. Its keys begin with "web:REALM:". At most `most` letters lie
    /// on one desk; the oldest make room.
    Letters(Notebook* notebook, const std::string& realm, std::size_t most)
        : notebook_(notebook), prefix_("web:" + realm + ":"), most_(most), loaded_(notebook == nullptr) {}

    /// Reads what was kept, for those staffers whom `known` knows. Before anything is put.
    boost::asio::awaitable<Result<>> load(std::function<bool(const std::string&)> known);
    /// What is there is known: letters may be put.
    bool loaded() const noexcept { return loaded_; }

    /// Durable when it returns. False: it was there before, or has been put for nobody.
    boost::asio::awaitable<Result<bool>> put(KeptLetter letter);
    /// Takes it from that staffer's desk.
    boost::asio::awaitable<Result<>> dismiss(std::string id, std::string staff);

    /// Ids of what lies on that staffer's desk, the oldest first.
    std::vector<std::string> of(const std::string& staff) const;
    /// Null: it does not lie there. Good until something is put or dismissed.
    const KeptLetter* find(const std::string& id, const std::string& staff) const;

private:
    std::string note_key(const std::string& id) const { return prefix_ + "letter:" + id; }
    std::string part_key(const std::string& id, std::size_t number) const;
    boost::asio::awaitable<Result<>> write(const KeptLetter& letter);
    boost::asio::awaitable<Result<>> write_note(const KeptLetter& letter, std::size_t parts);
    boost::asio::awaitable<Result<>> forget(std::string id);
    boost::asio::awaitable<Result<>> forget_halves();

    Notebook* notebook_;
    std::string prefix_;
    std::size_t most_;
    bool loaded_;
    std::map<std::string, KeptLetter> letters_{};
    std::map<std::string, std::size_t> parts_{};  ///< In how many notes each letter's contents stand.
};

}  // namespace rapport::web
