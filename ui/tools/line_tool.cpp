// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/line_tool.h"

#include "ui/tools/line_gesture.h"

#include <QCoreApplication>

#include <utility>

namespace nunatak::ui::tools {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// Says why no line begins here.
class NoLine : public Gesture {
public:
    explicit NoLine(Proposal reason) : m_reason(std::move(reason)) {}
    Proposal at(const Place&) override { return m_reason; }

private:
    Proposal m_reason;
};

} // namespace

std::optional<Held> LineTool::held(const Place& place, const Scene& scene) const {
    auto there = m_magnet != Magnet::Off ? heldAt(place.map, place, scene) : std::nullopt;
    return there ? there : m_follower.edgeAt(place, scene);
}

void LineTool::choose(const QString& option, int value) {
    m_magnet = chosenMagnet(option, value).value_or(m_magnet);
    m_follower.choose(option, value);
}

std::unique_ptr<Gesture> LineTool::press(const Place& pointer, const Scene& scene) {
    Place place = pointer;
    if (const auto there = held(pointer, scene)) {
        place.map = there->point;
    }
    m_metresPerPixel = place.metresPerPixel;
    if (!isBegun()) {
        if (auto reason = begin(place, scene)) {
            return std::make_unique<NoLine>(std::move(*reason));
        }
    }
    const auto life = std::make_shared<const bool>(true);
    m_drag = life;
    return std::make_unique<LineGesture>(
        m_line, pixelUnder(place, scene), place,
        [this, &scene, life](const geo::Ring& line) { return shown(line, scene); },
        [this, &scene](const Place& end) { return held(end, scene); });
}

Proposal LineTool::click(const Place& pointer, const Scene& scene) {
    Place place = pointer;
    if (const auto there = held(pointer, scene)) {
        place.map = there->point;
    }
    m_metresPerPixel = place.metresPerPixel;
    if (!isBegun()) {
        if (auto reason = begin(place, scene)) {
            return std::move(*reason);
        }
    }
    if (!isBegun()) {
        m_line.push_back(place.map);
    } else if (const Step added = step(m_line, place, scene, true);
               added.movesLast || added.points.size() > 1) {
        geo::Ring line = with(added, m_line);
        m_followed.push_back({line.size(), std::exchange(m_line, std::move(line))});
    } else {
        m_line = with(added, std::move(m_line));
    }
    Proposal proposal;
    proposal.selection = shown(m_line, scene).selection;
    return proposal;
}

std::optional<Proposal> LineTool::doubleClick(const Place& place, const Scene& scene) {
    // Its first click has set the last point.
    return isBegun() ? finish(scene) : click(place, scene);
}

Hover LineTool::hover(const Place& pointer, const Scene& scene) {
    m_metresPerPixel = pointer.metresPerPixel;
    const auto there = held(pointer, scene);
    Place place = pointer;
    place.map = there ? there->point : place.map;
    std::optional<Proposal> preview;
    if (isBegun()) {
        const Step added = step(m_line, place, scene, false);
        preview = shown(with(added, m_line), scene);
        if (!added.hint.isEmpty()) {
            const bool isPossible = preview->refusal.isEmpty() && preview->edit && !preview->edit->empty();
            preview->hint =
                isPossible ? Words::tr("%1 · right click or Enter: done").arg(added.hint) : added.hint;
        }
        preview->isComing = added.isComing;
    } else if (there) {
        preview.emplace();
    }
    if (there) {
        preview->marks.spots.push_back(there->spot());
    }
    return {std::nullopt, Qt::CrossCursor, std::move(preview)};
}

std::optional<Proposal> LineTool::finish(const Scene& scene) {
    if (!isBegun()) {
        return std::nullopt;
    }
    m_isEnding = true;
    return read(m_line, scene).proposal;
}

void LineTool::ended(bool isDone) {
    m_isEnding = false;
    if (isDone) {
        giveUp();
    }
}

void LineTool::giveUp() {
    m_line.clear();
    m_followed.clear();
    m_follower.forget();
    forget();
}

LineTool::Step LineTool::step(const geo::Ring& line, const Place& place, const Scene& scene,
                              bool isSet) const {
    auto stretch = m_follower.along(line.back(), place, scene, isSet);
    return {std::move(stretch.points), false, std::move(stretch.hint), stretch.isComing};
}

geo::Ring LineTool::with(const Step& step, geo::Ring line) {
    if (step.movesLast) {
        line.pop_back();
    }
    for (const geo::Point& point : step.points) {
        if (line.empty() || point != line.back()) {
            line.push_back(point);
        }
    }
    return line;
}

std::optional<Proposal> LineTool::pointBack(const Scene&) {
    if (!isBegun()) {
        return std::nullopt;
    }
    if (!m_followed.empty() && m_followed.back().size == m_line.size()) {
        m_line = std::move(m_followed.back().before);
        m_followed.pop_back();
    } else {
        m_line.pop_back();
    }
    if (!isBegun()) {
        giveUp();
    }
    return Proposal();
}

std::optional<Proposal> LineTool::back(const Scene&) {
    if (!isBegun()) {
        return std::nullopt;
    }
    giveUp();
    return Proposal();
}

Standing LineTool::standing(const Scene& scene) const {
    Standing standing = idle(scene);
    if (isBegun() && !m_isEnding) {
        standing.proposal = shown(m_line, scene);
        standing.hint = standing.proposal.hint;
    }
    return standing;
}

Proposal LineTool::shown(const geo::Ring& line, const Scene& scene) const {
    Reading reading = read(line, scene);
    if (reading.isUnfinished) {
        reading.proposal.refusal.clear();
        reading.proposal.edit = nunatak::editing::Edit(); // nothing is drawn of what the line did before
    }
    if (reading.proposal.hint.isEmpty()) {
        reading.proposal.hint =
            reading.proposal.refusal.isEmpty() && !reading.isUnfinished
                ? Words::tr("Right click or Enter: done · Backspace: a point back · Esc: drop the line")
                : Words::tr("Backspace: a point back · Esc: drop the line");
    }
    return std::move(reading.proposal);
}

} // namespace nunatak::ui::tools
