"""What a right solution may lose: clauses of the contract that ask for more than such courses do.

Each has a check of its own, on which no other depends.
"""

#: Points that all clauses together may cost one solution.
MOST = 2

#: By topic and check, what it asks for.
CLAUSES: dict[str, dict[str, str]] = {
    "losses": {
        "test_softmax_of_one_score_far_ahead": "the right class 720 ahead of all others",
        "test_softmax_of_a_sure_answer": "the right class 750 ahead of two others",
        "test_softmax_of_samples_far_apart": "one sample near 2000, another near -2000",
        "test_softmax_of_tiny_probabilities": "no constant in the logarithm, no clipping",
        "test_gradients_are_not_measured": "gradients that are worked out",
        "test_integer_images": "images of integers",
        "test_naive_with_loops": "loops in the naive losses",
        "test_batches_are_full": "no short last batch",
    },
    "activations": {
        "test_activation_far_out": "right at 900 on either side",
        "test_activation_at_a_thousand": "right at 1000 on either side",
        "test_settings_above_one": "slopes and alphas above 1",
        "test_slopes_of_any_size": "slopes below 0 and above 1",
    },
    "initialization": {
        "test_statistics_far_from_zero": "a mean a million times the deviation",
        "test_symmetry_of_tiny_gradients": "entries around 1e-12",
    },
    "batchnorm": {
        "test_features_far_from_zero": "features far from zero",
    },
    "optimizers": {
        "test_lbfgs_counts_short_steps": "pairs of very short steps",
    },
    "dropout": {
        "test_crop_average_where_the_centre_is_between": "a centre that is rounded down",
    },
    "cnn": {
        "test_rows_and_columns_left_over": "sizes that a stride does not divide",
        "test_im2col_without_loops": "no more lines for a larger batch",
        "test_gradients_are_worked_out": "gradients that are worked out",
        "test_shapes_of_gradients": "axes of length 1",
        "test_layers_are_called_by_name": "layers called by name",
        "test_softmax_loss_of_large_scores": "all scores 2000 higher",
    },
    "training": {
        "test_standardize_constant_feature": "a pixel that is 0 in all of train",
        "test_softmax_loss_of_any_scores": "all scores 2000 higher",
        "test_net_without_hidden_layers": "hidden_dims=[]",
        "test_solver_with_few_samples": "fewer samples than a batch has rows",
        "test_snapshot_predict_of_large_scores": "large scores",
    },
}
