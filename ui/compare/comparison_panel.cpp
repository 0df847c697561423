// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparison_panel.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/compare/comparison_table.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <cmath>

namespace nunatak::ui::compare {

namespace {

constexpr auto chosenProperty = "chosenByUser";

/// Offers these layers; what the user chose stays, otherwise the first is the likeliest.
void fill(QComboBox* box, const QStringList& names, const LayerTitle& title) {
    const QString chosen = box->property(chosenProperty).toString();
    box->clear();
    fillLayers(*box, names, title, chosen);
}

} // namespace

ComparisonPanel::ComparisonPanel(QWidget* parent) : QWidget(parent) {
    m_model = owned<QComboBox>();
    m_model->setObjectName(QStringLiteral("comparisonModel"));
    m_model->setToolTip(tr("The layer to judge"));
    m_expert = owned<QComboBox>();
    m_expert->setObjectName(QStringLiteral("comparisonExpert"));
    m_expert->setToolTip(tr("The layer to trust"));
    for (auto* box : {m_model, m_expert}) {
        box->setMinimumContentsLength(12);
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        connect(box, &QComboBox::textActivated, this,
                [box] { box->setProperty(chosenProperty, chosenLayer(*box)); });
    }
    m_compare = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("kr_comparedirs")), tr("Compare"));
    m_compare->setObjectName(QStringLiteral("compareButton"));
    m_summary = owned<QLabel>();
    m_summary->setObjectName(QStringLiteral("comparisonSummary"));
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_summary->setWordWrap(true); // or its one long line would set how narrow the window can be
    m_summary->setMinimumWidth(150);

    auto* line = owned<QHBoxLayout>();
    line->addWidget(owned<QLabel>(tr("Model")));
    line->addWidget(m_model);
    line->addWidget(owned<QLabel>(tr("against expert")));
    line->addWidget(m_expert);
    line->addWidget(m_compare);
    line->addSpacing(12);
    line->addWidget(m_summary, 1);

    m_table = owned<ComparisonTable>(this);
    m_sorted = owned<QSortFilterProxyModel>(this);
    m_sorted->setSourceModel(m_table);
    m_sorted->setSortRole(Qt::UserRole);
    m_view = owned<QTableView>();
    m_view->setObjectName(QStringLiteral("comparisonTable"));
    m_view->setModel(m_sorted);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(m_table->columnOf("expertArea"), Qt::DescendingOrder);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setStretchLastSection(true);

    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->addLayout(line);
    layout->addWidget(m_view, 1);

    connect(m_compare, &QPushButton::clicked, this, &ComparisonPanel::compareRequested);
    connect(m_view, &QTableView::activated, this, &ComparisonPanel::activate);
    connect(m_view, &QTableView::clicked, this, &ComparisonPanel::activate);
    clear();
    updateButton();
}

void ComparisonPanel::setLayers(const QStringList& models, const QStringList& experts,
                                const LayerTitle& title) {
    fill(m_model, models, title);
    fill(m_expert, experts, title);
    updateButton();
}

QString ComparisonPanel::modelLayer() const {
    return chosenLayer(*m_model);
}
QString ComparisonPanel::expertLayer() const {
    return chosenLayer(*m_expert);
}

void ComparisonPanel::setBusy(bool busy) {
    m_busy = busy;
    updateButton();
}

void ComparisonPanel::updateButton() {
    const bool possible = m_model->count() > 0 && m_expert->count() > 0;
    m_compare->setEnabled(possible && !m_busy);
    m_compare->setToolTip(possible ? tr("Compare the two layers, glacier by glacier (F6)")
                                   : tr("Needs an inventory or a predicted layer and an expert layer"));
}

void ComparisonPanel::setResult(const comparison::Comparison& result) {
    m_table->setRows(result.glaciers);
    m_view->resizeColumnsToContents();
    m_view->setColumnWidth(ComparisonTable::Glacier,
                           std::max(170, m_view->columnWidth(ComparisonTable::Glacier)));
    const auto figure = [](double value) {
        return std::isfinite(value) ? QLocale().toString(value, 'f', 3) : QStringLiteral("–");
    };
    QString summary = tr("<b>IoU %1</b> · precision %2 · recall %3 · expert %4, model %5")
                          .arg(figure(result.iou), figure(result.precision), figure(result.recall),
                               areaText(result.expertArea), areaText(result.modelArea));
    QStringList unlisted;
    int outside = 0;
    for (const auto& glacier : result.unlisted) {
        if (glacier.reason == comparison::UnlistedGlacier::Reason::OutsideScene) {
            ++outside;
        } else {
            unlisted << (glacier.name.empty() ? text(glacier.uuid.substr(0, 8)) : text(glacier.name)) +
                            QStringLiteral(" ") + text(comparison::reasonText(glacier));
        }
    }
    if (outside > 0) {
        summary += tr(" · outside the scene: %1").arg(outside);
    }
    if (!unlisted.isEmpty()) {
        constexpr int most = 3; // the rest is in the tip
        summary +=
            tr("<br>Not listed: %1").arg(unlisted.mid(0, most).join(QStringLiteral("; ")).toHtmlEscaped());
        summary += unlisted.size() > most ? tr(" and %1 more").arg(unlisted.size() - most) : QString();
    }
    for (const auto& note : result.notes) {
        summary += QStringLiteral("<br>") + text(note).toHtmlEscaped();
    }
    m_summary->setText(summary);
    m_summary->setToolTip(unlisted.join(QStringLiteral("\n")));
}

void ComparisonPanel::clear() {
    m_table->setRows({});
    m_summary->setText(tr("Each row flies to its glacier."));
}

void ComparisonPanel::activate(const QModelIndex& index) {
    if (index.isValid()) {
        Q_EMIT glacierActivated(m_table->row(m_sorted->mapToSource(index).row()));
    }
}

} // namespace nunatak::ui::compare
