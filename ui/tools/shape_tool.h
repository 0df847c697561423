// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_ref.h"
#include "ui/tools/tool.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <vector>

namespace nunatak::ui::tools {

/// A tool that gives the selected outlines another shape by a length that is chosen. What would come of it is
/// worked out elsewhere, drawn, and done by a right click or Enter, by nothing else; then the tool rests
/// until another glacier or another length is chosen.
class ShapeTool : public Tool {
public:
    Proposal click(const Place& place, const Scene& scene) override;
    Hover hover(const Place& place, const Scene& scene) override;
    std::optional<Proposal> finish(const Scene& scene) override;
    /// Nothing: what is shown as soon as the tool is taken up no hand has begun.
    std::optional<Proposal> letGo(const Scene&) override { return std::nullopt; }
    void ended(bool isDone) override;
    Standing standing(const Scene& scene) const override;

protected:
    using Refs = std::vector<outlines::OutlineRef>;

    /// What the tool does to outlines of one layer that can be edited; null: nothing, and `reason` says why.
    virtual std::shared_ptr<const Work> work(const Refs& refs, const Scene& scene, QString& reason) const = 0;
    /// Metres on the ground of a metre of the map in the middle of them.
    static double groundMetresOf(const Refs& refs, const Scene& scene);
    /// Something else was chosen of the tool.
    void chosenAnew();

private:
    /// What the last work was asked for.
    struct Asked {
        Selection selection;
        std::uint64_t revision = 0;
        bool operator==(const Asked&) const = default;
    };
    /// Why nothing can be done with what is selected, in a few words; empty: it can.
    static QString lockOf(const Scene& scene);

    mutable std::optional<Asked> m_asked;
    mutable std::shared_ptr<const Work> m_work;
    mutable QString m_reason;        ///< why there is none
    std::optional<Selection> m_done; ///< nothing is proposed while this is selected
};

} // namespace nunatak::ui::tools
