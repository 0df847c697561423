// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/queue_filter.h"

#include <limits>
#include <utility>
#include <vector>

namespace nunatak::ui::review {

nunatak::review::Filter filterOf(const QueueFilter& wanted, const std::string& reviewer) {
    namespace filters = nunatak::review;
    std::vector<filters::Filter> all;
    using Show = QueueFilter::Show;
    switch (wanted.show) {
    case Show::NeedsAnEye:
        all.push_back(filters::needsAnEye());
        break;
    case Show::NotReviewed:
        all.push_back(filters::notReviewed());
        break;
    case Show::Outdated:
        all.push_back(filters::outdated());
        break;
    case Show::Doubtful:
        all.push_back(filters::doubtful());
        break;
    case Show::Mine:
        all.push_back(filters::reviewedBy(reviewer));
        break;
    case Show::All:
        break;
    }
    if (wanted.least || wanted.most) {
        all.push_back(filters::ofSize(wanted.least.value_or(0),
                                      wanted.most.value_or(std::numeric_limits<double>::infinity())));
    }
    if (!wanted.attribute.empty()) {
        all.push_back(filters::attributeIs(wanted.attribute, wanted.value));
    }
    if (wanted.region) { // last: it costs most
        all.push_back(filters::within(*wanted.region));
    }
    return filters::allOf(std::move(all));
}

} // namespace nunatak::ui::review
