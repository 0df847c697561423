// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/edge_follower.h"
#include "ui/tools/magnet.h"
#include "ui/tools/tool.h"

#include <memory>
#include <optional>
#include <vector>

namespace nunatak::ui::tools {

/// How lines are drawn, whatever becomes of them: a click is a point, a drag is freehand, both in turn; Shift
/// and drag is straight, and from click to click a line can follow edges (edge_follower.h). A right click,
/// Enter or a double click is done, Backspace takes one point back, Esc all of it. What is shown meanwhile is
/// what the line would do, up to the pointer.
class LineTool : public Tool {
public:
    std::unique_ptr<Gesture> press(const Place& place, const Scene& scene) override;
    Proposal click(const Place& place, const Scene& scene) override;
    std::optional<Proposal> doubleClick(const Place& place, const Scene& scene) override;
    Hover hover(const Place& place, const Scene& scene) override;
    bool isBegun() const override { return !m_line.empty(); }
    std::optional<Proposal> finish(const Scene& scene) override;
    void ended(bool isDone) override;
    std::optional<Proposal> pointBack(const Scene& scene) override;
    std::optional<Proposal> back(const Scene& scene) override;
    Standing standing(const Scene& scene) const override;
    void choose(const QString& option, int value) override;

protected:
    struct Reading {
        Proposal proposal;         ///< with what is drawn of the line
        bool isUnfinished = false; ///< what is missing may come: no reason against it yet
    };
    /// What a line of at least one point would do.
    virtual Reading read(const geo::Ring& line, const Scene& scene) const = 0;
    /// What a click adds to a line that was begun.
    struct Step {
        geo::Ring points;
        bool movesLast = false; ///< the first of them takes the place of the line's last point
        QString hint;           ///< empty: what is said of the line
        bool isComing = false;  ///< it will be another one soon
    };
    /// `isSet`: it is the click itself, not the pointer on its way.
    virtual Step step(const geo::Ring& line, const Place& place, const Scene& scene, bool isSet) const;
    /// A line begins here. What is returned says why it cannot; none: it can.
    virtual std::optional<Proposal> begin(const Place& place, const Scene& scene) = 0;
    /// What is said while nothing is begun; of a line, its subject.
    virtual Standing idle(const Scene& scene) const = 0;
    /// What was begun is no more.
    virtual void forget() {}

    /// Also while its first stretch is dragged.
    bool isDrawing() const { return isBegun() || !m_drag.expired(); }
    /// On the ground, where the pointer was last.
    double metresPerPixel() const { return m_metresPerPixel; }
    /// From click to click the line follows edges.
    bool followsEdges() const { return m_follower.isOn(); }
    /// What a ring of this line is closed by, without both ends; none: straight.
    geo::Ring closing(const geo::Ring& line, const Scene& scene) const {
        return m_follower.closing(line, scene, m_metresPerPixel, m_isEnding);
    }

private:
    Proposal shown(const geo::Ring& line, const Scene& scene) const;
    /// What the magnet holds a point to.
    std::optional<Held> held(const Place& place, const Scene& scene) const;
    static geo::Ring with(const Step& step, geo::Ring line);
    void giveUp();

    struct Followed {
        std::size_t size; ///< of the line with it
        geo::Ring before;
    };

    geo::Ring m_line;
    std::vector<Followed> m_followed; ///< clicks that added more than a point, which goes back at once
    std::weak_ptr<const bool> m_drag; ///< expired: none
    double m_metresPerPixel = 1;
    Magnet m_magnet = Magnet::Lines;
    EdgeFollower m_follower;
    bool m_isEnding = false; ///< it is being done
};

} // namespace nunatak::ui::tools
