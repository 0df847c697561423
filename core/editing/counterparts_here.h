// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "outlines/outline.h"

#include <map>
#include <set>
#include <string>
#include <vector>

// Which glacier of an inventory the ground of a reference's glacier belongs to.
namespace nunatak::editing {

class CounterpartsHere {
public:
    /// Of the reference's outlines in `area`, with those beside them that may stand for the same glaciers.
    CounterpartsHere(const Draft& draft, const std::string& from, const std::string& into,
                     const geo::Extent& area);

    /// Of the reference, and of the inventory; those that take ground.
    const std::vector<outlines::OutlineHandle>& theirs() const { return m_theirs; }
    const std::vector<outlines::OutlineHandle>& mine() const { return m_mine; }
    /// Of the reference, beside theirs(): what stands for none of mine, and for what was found to be no
    /// glacier there.
    const std::vector<outlines::OutlineHandle>& noGlaciers() const { return m_noGlaciers; }
    /// Of the inventory: what was found to be no glacier and lies, most of it, in none.
    const std::vector<outlines::OutlineHandle>& groundOfNone() const { return m_groundOfNone; }

    /// Whose the ground of a reference's glacier is, the one first for which it stands: that one, and those
    /// no other glacier of the reference stands for and which have a tenth of their ground in it: of several
    /// of mine that it draws as one each stays. Empty: it is a glacier that only the reference has.
    ///
    /// `isWhole`: all of it is meant. Else one that lies in a glacier which another one stands for (the
    /// reference divides it) is a part of that.
    std::vector<outlines::OutlineHandle> ownersOf(const outlines::OutlineHandle& their, bool isWhole) const;

    /// It has most of its ground in this one of mine, for which another one stands.
    bool isPieceOf(const outlines::OutlineHandle& their, const outlines::OutlineHandle& mine) const;

private:
    std::vector<outlines::OutlineHandle> mineUnder(const outlines::OutlineHandle& their) const;

    std::vector<outlines::OutlineHandle> m_theirs;
    std::vector<outlines::OutlineHandle> m_mine;
    std::vector<outlines::OutlineHandle> m_noGlaciers;
    std::vector<outlines::OutlineHandle> m_groundOfNone;
    std::map<std::string, outlines::OutlineHandle> m_standsFor; ///< by UUID of the reference's
    std::set<std::string> m_claimed;                            ///< UUIDs of mine
};

} // namespace nunatak::editing
