// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_options.h"

#include <QTreeWidget>

#include <string>
#include <vector>

namespace nunatak::ui::exchange {

/// The columns that a file will have, a row each: how many outlines have a value, an example, and what is
/// written of the others and why.
class ExportPreviewTable : public QTreeWidget {
    Q_OBJECT

public:
    explicit ExportPreviewTable(QWidget* parent = nullptr);

    /// The columns alone: what they will hold is still found out.
    void showAwaited(const std::vector<std::string>& columns);
    void showPreview(const nunatak::exchange::ExportPreview& preview);
    /// What was shown is no longer true, and nothing else is known yet.
    void setEmpty();

private:
    void fitColumns();
};

} // namespace nunatak::ui::exchange
