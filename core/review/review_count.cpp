// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/review_count.h"

namespace nunatak::review {

void ReviewCount::note(const outlines::OutlineChange& change) {
    const auto count = [this](const outlines::OutlineHandle& outline, int by) {
        if (!outline) {
            return;
        }
        outlines += by;
        outdated +=
            outline->review != outlines::Review::NotReviewed && outline->reviewRecord.isOutdated ? by : 0;
        switch (outline->review) {
        case outlines::Review::Accepted:
            accepted += by;
            break;
        case outlines::Review::Doubtful:
            doubtful += by;
            break;
        case outlines::Review::Removed:
            removed += by;
            break;
        case outlines::Review::NotReviewed:
            break;
        }
    };
    count(change.before, -1);
    count(change.after, 1);
}

} // namespace nunatak::review
