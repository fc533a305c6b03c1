#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bot/reading/reading.hpp"

namespace rapport::heads {

/// The simple reading, and where the trained heads know better, theirs. They have learnt English: texts in
/// another language are read by word lists alone.
///
///   sentiment     the head's
///   kind          what word lists take for chatter: thanks; and a complaint, if it is said to us
///   needs_reply   in direct messages, and in answer to the team: whatever does not close the talk waits
///   spam          with a link or a long number
///   topics        key phrases, the team's own words first
class TrainedReader final : public Reader {
public:
    /// `brand_names` as for SimpleReader. `own_words`: subjects as the team calls them ("Kubernetes"); those
    /// that could not be found are passed over.
    explicit TrainedReader(const std::vector<std::string>& brand_names,
                           const std::vector<std::string>& own_words = {});
    ~TrainedReader() override;
    TrainedReader(TrainedReader&&) noexcept;
    TrainedReader& operator=(TrainedReader&&) noexcept;
    Reading read(std::string_view text, const ReadingContext& context) const override;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace rapport::heads
