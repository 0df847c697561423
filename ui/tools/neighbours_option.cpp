// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/neighbours_option.h"

#include <QCoreApplication>

#include <array>

namespace nunatak::ui::tools {

namespace {

using nunatak::editing::Neighbours;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr auto id = "neighbours";
constexpr std::array values{Neighbours::Together, Neighbours::NoOverlap, Neighbours::Alone};

} // namespace

Option neighboursOption() {
    return {
        id,
        Words::tr("Neighbours"),
        Words::tr("What a new line means for glaciers beside it: a shared line changes for both; it stops "
                  "at theirs; or it leaves them, and may leave a gap"),
        QKeySequence(Qt::Key_T),
        {Words::tr("together"), Words::tr("no overlap"), Words::tr("alone")},
        0,
        false,
        {Words::tr("Together: a shared line changes for all whose line it is"),
         Words::tr("No overlap: glaciers beside it stay as they are, and the line stops at theirs"),
         Words::tr("Alone: only this glacier changes, which may leave a gap beside it")}};
}

std::optional<Neighbours> chosenNeighbours(const QString& option, int value) {
    return option == QLatin1String(id) ? std::optional(values.at(static_cast<std::size_t>(value)))
                                       : std::nullopt;
}

Neighbours chosenNeighbours(const std::map<QString, int>& chosen) {
    const auto found = chosen.find(QLatin1String(id));
    return found != chosen.end() ? *chosenNeighbours(found->first, found->second) : values.front();
}

} // namespace nunatak::ui::tools
