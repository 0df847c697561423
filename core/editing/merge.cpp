// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/merge.h"

#include "base/error.h"
#include "editing/carried_over.h"
#include "editing/gate.h"
#include "editing/gate_neighbours.h"
#include "editing/paths.h"
#include "editing/shape_overlay.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "outlines/outline_attributes.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::Outline;
using outlines::OutlineHandle;
using outlines::OutlineRef;
using outlines::Review;

constexpr const char* nameField = "name";
constexpr const char* dateField = "date";

std::vector<OutlineHandle> handlesOf(const Draft& draft, std::span<const OutlineRef> refs) {
    std::vector<OutlineHandle> handles;
    for (const OutlineRef& ref : refs) {
        handles.push_back(requireArea(draft, ref));
    }
    return handles;
}

std::string valueOf(const Outline& outline, const std::string& field) {
    if (field == nameField) {
        return outline.name;
    }
    if (field == dateField) {
        return outline.srcDate;
    }
    const auto found = outline.attributes.find(field);
    return found != outline.attributes.end() ? found->second.text() : std::string();
}

void take(const std::string& field, const Outline& from, Outline& outline) {
    if (field == nameField) {
        outline.name = from.name;
    } else if (field == dateField) {
        outline.srcDate = from.srcDate;
        outline.sceneId = from.sceneId;
        outline.sensor = from.sensor;
    } else if (const auto found = from.attributes.find(field); found != from.attributes.end()) {
        outline.attributes[field] = found->second;
    } else {
        outline.attributes.erase(field);
    }
}

class Merger {
public:
    Merger(const Draft& draft, std::span<const OutlineRef> refs, std::vector<OutlineHandle> handles)
        : m_draft(draft), m_refs(refs), m_handles(std::move(handles)) {}

    /// Those that hang together first; the others as further parts, or not at all.
    geo::MultiPolygon shape(std::size_t keep, bool collect) {
        geo::MultiPolygon shape = m_handles[keep]->geometry;
        std::vector<OutlineHandle> waiting = m_handles;
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(keep));
        while (!waiting.empty()) {
            const auto joined = std::find_if(waiting.begin(), waiting.end(), [&](const OutlineHandle& other) {
                geo::MultiPolygon both = added(shape, other->geometry);
                const bool isOne = both.size() < shape.size() + other->geometry.size();
                if (isOne) {
                    shape = std::move(both);
                }
                return isOne;
            });
            if (joined != waiting.end()) {
                waiting.erase(joined);
                continue;
            }
            if (!collect) {
                throw Refused(apartText(waiting), waiting.front()->geometry.front().outer.front());
            }
            shape = added(shape, waiting.front()->geometry);
            waiting.erase(waiting.begin());
        }
        return shape;
    }

    void closeGaps(geo::MultiPolygon& shape, double sliver) const {
        std::set<std::pair<double, double>> ofHoles; // that were there before
        for (const OutlineHandle& handle : m_handles) {
            geo::forEachRing(handle->geometry, [&](const geo::Ring& ring, int, int number) {
                if (number > 0 && !ring.empty()) {
                    ofHoles.emplace(ring.front().x, ring.front().y);
                }
            });
        }
        for (geo::Polygon& part : shape) {
            std::erase_if(part.holes, [&](const geo::Ring& hole) {
                return 2 * std::abs(geo::signedArea(hole)) <= sliver * geo::ringLength(hole) &&
                       !ofHoles.contains({hole.front().x, hole.front().y}) && isFree(hole);
            });
        }
    }

private:
    /// Which of them share no line with the others.
    std::string apartText(const std::vector<OutlineHandle>& apart) const {
        if (m_handles.size() == 2) {
            return "They share no line.";
        }
        const std::string first = outlines::nameInSentence(*apart.front());
        const std::string names = apart.size() == 1 ? first + " shares"
                                  : apart.size() == 2
                                      ? first + " and " + outlines::nameInSentence(*apart.back()) + " share"
                                      : first + " and " + std::to_string(apart.size() - 1) + " more share";
        return names + " no line with the others.";
    }

    bool isFree(const geo::Ring& hole) const {
        const geo::MultiPolygon gap{{hole, {}}};
        const auto near = m_draft.near(m_refs.front().layer, geo::extentOf(gap));
        return std::none_of(near.begin(), near.end(), [&](const OutlineHandle& other) {
            const OutlineRef theirs{m_refs.front().layer, other->uuid};
            return std::find(m_refs.begin(), m_refs.end(), theirs) == m_refs.end() && takesGround(*other) &&
                   geo::planarArea(geo::intersection(gap, other->geometry)) > 0;
        });
    }

    const Draft& m_draft;
    std::span<const OutlineRef> m_refs;
    std::vector<OutlineHandle> m_handles;
};

} // namespace

std::vector<Difference> differencesOf(const Draft& draft, std::span<const OutlineRef> refs) {
    const std::vector<OutlineHandle> handles = handlesOf(draft, refs);
    std::vector<std::string> fields{nameField, dateField};
    std::set<std::string> known;
    for (const OutlineHandle& handle : handles) {
        for (const auto& [field, value] : handle->attributes) {
            known.insert(field);
        }
    }
    fields.insert(fields.end(), known.begin(), known.end());
    std::vector<Difference> differences;
    for (const std::string& field : fields) {
        Difference difference{field, {}};
        for (const OutlineHandle& handle : handles) {
            difference.values.push_back(valueOf(*handle, field));
        }
        std::set<std::string> values(difference.values.begin(), difference.values.end());
        const outlines::AttributeInfo* info = outlines::attributeInfo(field);
        if (info != nullptr && info->identifies == outlines::Identifies::Outline) {
            values.erase(std::string()); // the only one that there is goes on: see merge()
        }
        if (values.size() > 1 && !outlines::describesTheShape(field)) {
            differences.push_back(std::move(difference));
        }
    }
    return differences;
}

Edit merge(Draft draft, std::span<const OutlineRef> refs, const MergeOptions& options) {
    if (std::set(refs.begin(), refs.end()).size() < 2 || options.keep >= refs.size()) {
        throw Refused("It takes two to merge.", std::nullopt);
    }
    const std::vector<OutlineHandle> handles = handlesOf(draft, refs);
    for (std::size_t i = 0; i < refs.size(); ++i) {
        if (refs[i].layer != refs.front().layer) {
            throw Refused("They are of different layers.", std::nullopt);
        }
        if (takesGround(*handles[i]) != takesGround(*handles[options.keep])) {
            const Outline& none = *handles[takesGround(*handles[i]) ? options.keep : i];
            throw Refused(outlines::nameInSentence(none) + " is no glacier.", std::nullopt);
        }
    }
    Merger merger(draft, refs, handles);
    geo::MultiPolygon shape = merger.shape(options.keep, options.collect);
    merger.closeGaps(shape, options.sliver);

    Outline merged = *handles[options.keep];
    for (const OutlineHandle& handle : handles) {
        for (const auto& [field, id] : outlines::ownIds(*handle)) { // as of pieces that were split before
            if (valueOf(merged, field).empty()) {
                take(field, *handle, merged);
            }
        }
    }
    for (const auto& [field, from] : options.chosen) {
        take(field, *handles.at(from), merged);
    }
    if (takesGround(merged)) {
        merged.review = Review::NotReviewed;
        merged.reviewRecord = notesOf(handles);
    } else {
        merged.reviewRecord.note = notesOf(handles).note;
    }
    const std::string names = refs.size() == 2 ? outlines::nameInSentence(*handles[0]) + " and " +
                                                     outlines::nameInSentence(*handles[1])
                                               : std::to_string(refs.size()) + " glaciers";
    const OutlineRef kept = refs[options.keep];
    draft.put(kept.layer, std::move(merged));
    for (const OutlineRef& ref : refs) {
        if (ref != kept) {
            draft.remove(ref);
        }
    }
    draft.reshape({Reshape{kept, {}, std::move(shape), {}, handles}});
    return keepingDates(draft.edit((options.collect ? "Collect " : "Join ") + names, kept));
}

} // namespace nunatak::editing
