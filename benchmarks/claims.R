# How often a report says that groups differ where nothing differs: the order of tests of docs/scores.md by itself, in
# base R, with figures told exactly and as they are rounded. Knows nothing of selfassess.
#
#   Rscript claims.R [rounds] [seed]
#
# A questionnaire of four strands with four benchmarks of three items on five points; 30, 40 and 20 people, of whom the
# share answers. Asked alike: every group is asked everything. Asked otherwise: they share two items of each strand, and
# each group is asked every third of the others, so that all strands and the whole are compared on what they share.
options(digits = 10)
given <- commandArgs(TRUE)
rounds <- if (length(given) > 0) as.integer(given[1]) else 2000L
seed <- if (length(given) > 1) as.integer(given[2]) else 1L
set.seed(seed, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

strand <- rep(1:4, each = 12)
benchmark <- rep(1:16, each = 3)
sizes <- c(board = 30, staff = 40, external = 20)
spread <- sqrt(17^2 + 11^2 + 12^2 + 20^2)
mean_at <- function(middle) sum(25 * pnorm(25 * (1:4 - 0.5), middle, spread, lower.tail = FALSE))
middle <- uniroot(function(at) mean_at(at) - 60, c(-200, 300))$root

answers <- function(n) {
  of_strand <- matrix(rnorm(4 * n, 0, 11), n)[, strand]
  of_benchmark <- matrix(rnorm(16 * n, 0, 12), n)[, benchmark]
  stand <- middle + rnorm(n, 0, 17) + of_strand + of_benchmark + matrix(rnorm(48 * n, 0, 20), n)
  25 * pmin(pmax(round(stand / 25), 0), 4)
}

# The weights of items in four strands and in the whole, for who is asked these.
weights_of <- function(asked) {
  of_strands <- sapply(1:4, function(one) (asked & strand == one) / sum(asked & strand == one))
  cbind(of_strands, rowMeans(of_strands))
}
half_up <- function(x) floor(x + 0.5 + 1e-10)
variances <- function(x) colSums(sweep(x, 2, colMeans(x))^2) / (nrow(x) - 1)

# Welch's p of five differences at once.
welch <- function(m1, v1, n1, m2, v2, n2) {
  e1 <- v1 / n1
  e2 <- v2 / n2
  df <- (e1 + e2)^2 / (e1^2 / (n1 - 1) + e2^2 / (n2 - 1))
  2 * pt(-abs(m1 - m2) / sqrt(e1 + e2), df)
}

shortened <- function(v, items, before, after) {
  together <- (v - colSums(before^2 * items)) / (1 - colSums(before^2))
  pmax(v, colSums(after^2 * items) + (1 - colSums(after^2)) * together)
}

simulate <- function(asked, share) {
  claims <- c(exactly = 0, as_they_are = 0, mended = 0)
  pairs <- combn(3, 2)
  own <- lapply(1:3, function(g) weights_of(asked[[g]]))
  for (one in seq_len(rounds)) {
    there <- lapply(sizes, function(n) max(5, rbinom(1, n, share)))
    given <- lapply(there, answers)
    ps <- list(exactly = NULL, as_they_are = NULL, mended = NULL)
    for (k in 1:3) {
      of <- pairs[, k]
      both <- weights_of(asked[[of[1]]] & asked[[of[2]]])
      found <- lapply(of, function(g) {
        alone <- given[[g]] %*% both
        told <- half_up(sqrt(variances(given[[g]] %*% own[[g]])))^2
        items <- half_up(sqrt(variances(given[[g]])))^2
        list(n = nrow(alone), x = alone, m = colMeans(alone), v = variances(alone), told = told,
             mended = shortened(told, items, own[[g]], both))
      })
      a <- found[[1]]
      b <- found[[2]]
      exactly <- welch(a$m, a$v, a$n, b$m, b$v, b$n)
      if (one %% 500 == 1) {
        stopifnot(all.equal(exactly, sapply(1:5, function(j) t.test(a$x[, j], b$x[, j])$p.value)))
      }
      ps$exactly <- c(ps$exactly, exactly)
      ps$as_they_are <- c(ps$as_they_are, welch(half_up(a$m), a$told, a$n, half_up(b$m), b$told, b$n))
      ps$mended <- c(ps$mended, welch(half_up(a$m), a$mended, a$n, half_up(b$m), b$mended, b$n))
    }
    claims <- claims + sapply(ps, function(p) any(p.adjust(p, "holm") < 0.05))
  }
  claims
}

everything <- rep(list(rep(TRUE, 48)), 3)
place <- (seq_len(48) - 1) %% 12
otherwise <- lapply(0:2, function(g) place < 2 | place %% 3 == g)
cat(sprintf("%d rounds each, seed %d: rounds with any false claim (95 %% limits by prop.test)\n", rounds, seed))
for (name in c("asked alike", "asked otherwise")) {
  for (share in c(1, 0.8, 0.6)) {
    claims <- simulate(if (name == "asked alike") everything else otherwise, share)
    for (figures in names(claims)) {
      limits <- 100 * prop.test(claims[[figures]], rounds)$conf.int
      cat(sprintf("%-16s %3.0f %%  %-12s %5d  %5.2f %% (%.2f-%.2f)\n", name, 100 * share, figures, claims[[figures]],
                  100 * claims[[figures]] / rounds, limits[1], limits[2]))
    }
  }
}
