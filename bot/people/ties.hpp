#pragma once

// How close people are, as sums that only add. Forward decay after Cormode, Shkapenyuk, Srivastava, Xu,
// "Forward Decay: A Practical Time Decay Model for Streaming Systems" (ICDE 2009), section 3: an interaction
// of weight w at time t adds w * g(t), and the faded sum at `now` is sum / g(now), with g(t) = fade^-(t - t0
// in months). Nothing has to be rewritten as time passes, and sums of two accounts can be added and taken
// apart exactly.

#include <cstdint>
#include <vector>

#include "bot/config/config.hpp"
#include "bot/store/rows.hpp"

namespace rapport {

enum class Interaction { reply, mention, reaction, shared_conversation };

/// What one interaction adds to a tie before fading.
double weight_of(Interaction kind, const TiesConfig& config);

/// One fading rate.
class Decay {
public:
    /// `per_month`: what is left of one after 30.44 days; in (0, 1].
    explicit Decay(double per_month);
    /// g(at): what one unit said at `at` adds to a sum. Finite for all dates from 1900 to 2400 at 0.9 a
    /// month.
    double grown(Time at) const;
    /// What is left at `now` of a sum kept by this decay.
    double read(double sum, Time now) const { return sum / grown(now); }

private:
    double rate_per_ms_;
};

/// fading sum * (0.5 + 0.5 * min(in, out) / max(in, out)): what is mutual counts up to twice (design §5).
/// The two sums must be on the same scale; the result is on it too.
double mutual_strength(double out, double in);

/// Notes the silence that a contact at `at` ends, if it lasted a day or more: what is said within a day goes
/// on with the last contact, and what is heard late ends none. Before `add_to`.
void note_silence(StaffTie& tie, Time at);

/// Adds one interaction between `account` and the staff account of `tie` to both scales. `outward`: the
/// account addressed the staffer.
void add_to(StaffTie& tie, double weight, bool outward, Time at, const Decay& fast, const Decay& deep);

/// The bucket of CommunityRow for a slow sum in forward scale: floor(4 * log2(sum)). `sum` > 0.
std::int32_t community_bucket(double forward_sum);

/// Moves one tie in the community's histogram after its slow strength changed.
void move_in_community(CommunityRow& community, const StaffTie& before, const StaffTie& after);

}  // namespace rapport
