// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"

#include "ui/base/layer_combo.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace nunatak::ui::compare {

class ComparisonTable;

/// Model against expert: which layers, how well they agree, and a row per glacier that flies there.
class ComparisonPanel : public QWidget {
    Q_OBJECT

public:
    explicit ComparisonPanel(QWidget* parent = nullptr);

    /// The layers to choose from; what was chosen stays if it is still there.
    void setLayers(const QStringList& models, const QStringList& experts, const LayerTitle& title = {});
    QString modelLayer() const;
    QString expertLayer() const;
    void setBusy(bool busy);
    void setResult(const comparison::Comparison& result);
    void clear();

Q_SIGNALS:
    void compareRequested();
    void glacierActivated(const nunatak::comparison::GlacierRow& row);

private:
    void activate(const QModelIndex& index);
    void updateButton();

    QComboBox* m_model = nullptr;
    QComboBox* m_expert = nullptr;
    QPushButton* m_compare = nullptr;
    QLabel* m_summary = nullptr;
    QTableView* m_view = nullptr;
    ComparisonTable* m_table = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr;
    bool m_busy = false;
};

} // namespace nunatak::ui::compare
