// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/scribble_tool.h"

#include "editing/thin_stroke.h"
#include "ui/tools/line_gesture.h"
#include "ui/tools/neighbours_option.h"
#include "ui/tools/seen_features.h"
#include "ui/tools/side_words.h"

#include <QCoreApplication>
#include <QLocale>

#include <optional>
#include <utility>

namespace nunatak::ui::tools {

namespace {

using nunatak::editing::Neighbours;
using Strokes = std::vector<Stroke>;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ScribbleTool)
};

std::vector<Marks::Line> linesOf(const Strokes& strokes) {
    std::vector<Marks::Line> lines;
    for (const auto& stroke : strokes) {
        lines.push_back({stroke.line, false, stroke.isIce ? Marks::Look::Ice : Marks::Look::NoIce});
    }
    return lines;
}

geo::Extent extentOf(const Strokes& strokes) {
    geo::Extent extent;
    for (const auto& stroke : strokes) {
        for (const auto& point : stroke.line) {
            extent.include(point);
        }
    }
    return extent;
}

SeenFeatures featuresFor(const Scene& scene, const geo::Extent& around) {
    const auto* source = dynamic_cast<const FeatureSource*>(&scene);
    SeenFeatures none;
    none.missing = Words::tr("No model can look at this");
    return source != nullptr ? source->features(around) : none;
}

QString hintOfStrokes() {
    return Words::tr("Enter or right click: accept · drag: more ice · Shift: not ice · Tab: the last "
                     "the other way · Backspace: the last back · Esc: drop all");
}

/// A stroke under the hand.
class StrokeGesture : public Gesture {
public:
    StrokeGesture(Strokes& strokes, const Place& place, double pixel)
        : m_strokes(strokes), m_pixel(pixel), m_stroke{{place.map}, !place.isShifted()} {}

    void passes(const Place& place) override {
        if (place.map != m_stroke.line.back()) {
            m_stroke.line.push_back(place.map);
        }
    }

    Proposal at(const Place& place) override {
        passes(place);
        Strokes all = m_strokes;
        all.push_back(thinned());
        Proposal proposal;
        proposal.marks.lines = linesOf(all);
        return proposal;
    }

    Proposal release(const Place& place) override {
        passes(place);
        m_strokes.push_back(thinned());
        return {};
    }

private:
    Stroke thinned() const {
        return {nunatak::editing::thinnedStroke(m_stroke.line, m_pixel), m_stroke.isIce};
    }

    Strokes& m_strokes;
    double m_pixel;
    Stroke m_stroke;
};

class Refusing : public Gesture {
public:
    explicit Refusing(Proposal reason) : m_reason(std::move(reason)) {}
    Proposal at(const Place&) override { return m_reason; }

private:
    Proposal m_reason;
};

class ScribbleTool : public Tool {
    Q_DECLARE_TR_FUNCTIONS(ScribbleTool)

public:
    std::unique_ptr<Gesture> press(const Place& place, const Scene& scene) override {
        Proposal reason;
        reason.marks.lines = linesOf(m_strokes);
        reason.refusal = lockOf(scene);
        if (reason.refusal.isEmpty()) {
            geo::Extent extent = extentOf(m_strokes);
            extent.include(place.map);
            reason.refusal = featuresFor(scene, extent).missing;
        }
        if (!reason.refusal.isEmpty()) {
            return std::make_unique<Refusing>(std::move(reason));
        }
        return std::make_unique<StrokeGesture>(m_strokes, place, pixelUnder(place, scene));
    }

    /// A dab says it of one pixel.
    Proposal click(const Place& place, const Scene& scene) override {
        return press(place, scene)->release(place);
    }
    std::optional<Proposal> doubleClick(const Place& place, const Scene& scene) override {
        return click(place, scene);
    }

    Hover hover(const Place& place, const Scene& scene) override {
        if (m_strokes.empty() && lockOf(scene).isEmpty()) {
            // The model looks ahead of the hand, also where the view has moved on.
            featuresFor(scene, {place.map.x, place.map.y, place.map.x, place.map.y});
        }
        return {std::nullopt, Qt::CrossCursor};
    }

    bool isBegun() const override { return !m_strokes.empty(); }

    std::optional<Proposal> finish(const Scene& scene) override {
        if (m_strokes.empty()) {
            return std::nullopt;
        }
        Proposal proposal;
        proposal.work = standing(scene).proposal.work;
        if (proposal.work == nullptr) {
            proposal.refusal = m_reason;
        }
        return proposal;
    }

    void ended(bool isDone) override {
        if (isDone) {
            forget();
        }
    }

    bool turn() override {
        if (m_strokes.empty()) {
            return false;
        }
        m_strokes.back().isIce = !m_strokes.back().isIce;
        return true;
    }

    std::optional<Proposal> pointBack(const Scene&) override {
        if (m_strokes.empty()) {
            return std::nullopt;
        }
        m_strokes.pop_back();
        return Proposal();
    }

    std::optional<Proposal> back(const Scene&) override {
        if (m_strokes.empty()) {
            return std::nullopt;
        }
        forget();
        return Proposal();
    }

    Standing standing(const Scene& scene) const override {
        Standing standing;
        standing.proposal.marks.lines = linesOf(m_strokes);
        m_reason = lockOf(scene);
        if (!m_reason.isEmpty()) {
            standing.hint = m_reason;
            standing.takesOptions = false;
            return standing;
        }
        const auto seen = featuresFor(scene, extentOf(m_strokes));
        if (!seen.missing.isEmpty()) {
            m_reason = seen.missing;
            standing.hint = m_reason;
            return standing;
        }
        if (m_strokes.empty()) {
            standing.hint = tr("Drag along ice that is missing · Shift and drag: along what is no ice");
        } else {
            standing.subject = m_strokes.size() == 1
                                   ? tr("1 stroke")
                                   : tr("%1 strokes").arg(QLocale().toString(m_strokes.size()));
            standing.hint = hintOfStrokes();
        }
        if (seen.correction == nullptr) {
            m_reason = tr("The model is still looking at this place.");
            standing.hint =
                tr("The model looks at this place: %1 · strokes can be drawn already").arg(seen.coming);
            return standing;
        }
        if (!m_strokes.empty()) {
            standing.proposal.work = workFor(seen, scene);
        }
        return standing;
    }

    void choose(const QString& option, int value) override {
        m_neighbours = chosenNeighbours(option, value).value_or(m_neighbours);
    }

private:
    /// What the last work was asked for.
    struct Asked {
        std::shared_ptr<const Correction> correction;
        Strokes strokes;
        Neighbours neighbours = Neighbours::Together;
        std::uint64_t revision = 0;
        bool operator==(const Asked&) const = default;
    };

    /// Why nothing can be scribbled on, a sentence; empty: it can.
    static QString lockOf(const Scene& scene) {
        const std::string layer = scene.editedLayer();
        return layer.empty()                     ? tr("There is no inventory to scribble on.")
               : scene.draft().mayOverlap(layer) ? tr("A model knows of glaciers: go back to the inventory.")
                                                 : scene.lock({layer, {}});
    }

    std::shared_ptr<const Work> workFor(const SeenFeatures& seen, const Scene& scene) const {
        Asked asked{seen.correction, m_strokes, m_neighbours, scene.revision()};
        if (m_work == nullptr || m_asked != asked) {
            const std::string layer = scene.editedLayer();
            const Scribble drawn{m_strokes, layer, scene.snapshot(layer), m_neighbours, likeEdited(scene)};
            m_work = std::make_shared<const Work>([correction = seen.correction, drawn] {
                Proposal proposal = (*correction)(drawn);
                proposal.marks.lines = linesOf(drawn.strokes);
                proposal.hint = hintOfStrokes();
                return proposal;
            });
            m_asked = std::move(asked);
        }
        return m_work;
    }

    void forget() {
        m_strokes.clear();
        m_asked.reset();
        m_work.reset();
    }

    Strokes m_strokes;
    Neighbours m_neighbours = Neighbours::Together;
    mutable std::optional<Asked> m_asked;
    mutable std::shared_ptr<const Work> m_work;
    mutable QString m_reason; ///< why there is no work
};

} // namespace

ToolEntry scribbleTool() {
    return {scribbleId,
            "draw-highlight",
            ScribbleTool::tr("Scri&bble"),
            ScribbleTool::tr("A few strokes along ice, with Shift along what is none: the model corrects "
                             "itself in the view, and Enter takes it over"),
            QKeySequence(Qt::SHIFT | Qt::Key_K),
            [] { return std::make_unique<ScribbleTool>(); },
            {},
            {neighboursOption()}};
}

} // namespace nunatak::ui::tools
